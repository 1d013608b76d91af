package dev.presage.scoring.rules;

import dev.presage.features.expression.Expression;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.scoring.trigger.SegmentNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A compiled segmentation: of its ordered segments a profile is in exactly one. */
public final class Segmentation {
  private final SegmentDefinition definition;
  private final int id;
  private final List<CompiledSegment> segments;
  private final int[] traitSlots;
  private final Map<String, Integer> reads;

  Segmentation(
      SegmentDefinition definition,
      List<CompiledSegment> segments,
      int[] traitSlots,
      Map<String, Integer> reads) {
    this.definition = definition;
    this.id = NameId.of(definition.getSegmentation());
    this.segments = List.copyOf(segments);
    this.traitSlots = traitSlots.clone();
    this.reads = new TreeMap<>(reads);
  }

  /** One segment with its compiled rules. */
  record CompiledSegment(String name, int id, Expression enter, @Nullable Expression stay) {

    /** The paths that its rules read. */
    List<String> reads() {
      List<String> reads = new ArrayList<>(enter.reads());
      if (stay != null) {
        reads.addAll(stay.reads());
      }
      return reads;
    }

    Decision decision() {
      return new Decision(name, id, enter.toString());
    }
  }

  /**
   * Where a profile belongs.
   *
   * @param segment name of the segment
   * @param segmentId stands for it in the state of profiles
   * @param rule the expression that decided
   */
  public record Decision(String segment, int segmentId, String rule) {}

  public String name() {
    return definition.getSegmentation();
  }

  /** The whole definition, to tell it from another. */
  String content() {
    return definition.toString();
  }

  public String entityType() {
    return definition.getEntityType();
  }

  /** The names that triggers can wait for. */
  SegmentNames names() {
    return new SegmentNames(
        name(), entityType(), segments.stream().map(CompiledSegment::name).toList());
  }

  /** Stands for the segmentation in the state of profiles. */
  public int id() {
    return id;
  }

  /** The name of a segment by what stands for it; null where there is no such segment any more. */
  public @Nullable String segmentName(int segmentId) {
    for (CompiledSegment segment : segments) {
      if (segment.id() == segmentId) {
        return segment.name();
      }
    }
    return null;
  }

  /** Whether every trait that the rules read has a value. */
  public boolean isDecidable(double[] slots) {
    for (int slot : traitSlots) {
      if (Double.isNaN(slots[slot])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the rules read this trait. */
  public boolean reads(ActiveTrait trait) {
    for (int slot : traitSlots) {
      if (slot == trait.slot()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a profile stays in the segment that it is in, by that segment's own rule.
   *
   * @param currentId what stands for the segment; anything else where it is in none
   */
  public boolean stays(int currentId, double[] slots) {
    for (CompiledSegment segment : segments) {
      if (segment.id() == currentId) {
        Expression stay = segment.stay();
        return stay != null && stay.test(slots);
      }
    }
    return false;
  }

  /** The first segment whose rule to enter holds; the last one takes everybody. */
  public Decision enter(double[] slots) {
    for (CompiledSegment segment : segments) {
      if (segment.enter().test(slots)) {
        return segment.decision();
      }
    }
    return segments.getLast().decision();
  }

  /** What the rules read, with its values. */
  public Map<String, Double> values(double[] slots) {
    Map<String, Double> values = new TreeMap<>();
    reads.forEach((name, slot) -> values.put(name, slots[slot]));
    return values;
  }
}
