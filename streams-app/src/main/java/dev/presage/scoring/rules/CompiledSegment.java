package dev.presage.scoring.rules;

import dev.presage.features.expression.Expression;
import dev.presage.scoring.rules.SegmentDecision.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One segment with its compiled rules, and the decisions that can be made about it, so that
 * deciding makes no new ones.
 */
final class CompiledSegment {
  private final String name;
  private final int id;
  private final Expression enter;
  private final @Nullable Expression stay;
  private final SegmentDecision entered;
  private final SegmentDecision entersAgain;
  private final SegmentDecision stayed;
  private final SegmentDecision dwells;

  /**
   * @param stay null where a profile does not stick to the segment
   */
  CompiledSegment(String name, Expression enter, @Nullable Expression stay) {
    this.name = name;
    this.id = NameId.of(name);
    this.enter = enter;
    this.stay = stay;
    this.entered = new SegmentDecision(Outcome.ENTERS, name, id, enter.toString());
    this.entersAgain = new SegmentDecision(Outcome.STAYS, name, id, enter.toString());
    this.stayed =
        new SegmentDecision(Outcome.STAYS, name, id, stay == null ? null : stay.toString());
    this.dwells = new SegmentDecision(Outcome.DWELLS, name, id, null);
  }

  String name() {
    return name;
  }

  int id() {
    return id;
  }

  boolean canBeEntered(double[] slots) {
    return enter.test(slots);
  }

  boolean holdsOn(double[] slots) {
    return stay != null && stay.test(slots);
  }

  /** The paths that the rule to enter reads. */
  List<String> enterReads() {
    return enter.reads();
  }

  /** The paths that the rule to stay reads. */
  List<String> stayReads() {
    return stay == null ? List.of() : stay.reads();
  }

  /** The decision that a profile enters, or enters anew what it is in. */
  SegmentDecision entered(@Nullable CompiledSegment current) {
    return current == this ? entersAgain : entered;
  }

  SegmentDecision stayed() {
    return stayed;
  }

  SegmentDecision dwells() {
    return dwells;
  }
}
