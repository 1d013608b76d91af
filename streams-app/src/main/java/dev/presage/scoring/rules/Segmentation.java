package dev.presage.scoring.rules;

import dev.presage.schemas.avro.SegmentDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A compiled segmentation: of its ordered segments a profile is in exactly one, from the first time
 * on that the rules can be decided. Immutable; deciding allocates nothing.
 */
public final class Segmentation {
  private final SegmentDefinition definition;
  private final int id;
  private final List<CompiledSegment> segments;
  private final int[] predictedSlots;
  private final Map<String, Integer> reads;

  /**
   * @param segments at least one; the last one takes everybody
   * @param slots where the rules find their values
   */
  Segmentation(SegmentDefinition definition, List<CompiledSegment> segments, Slots slots) {
    this.definition = definition;
    this.id = NameId.of(definition.getSegmentation());
    this.segments = List.copyOf(segments);
    this.reads = new TreeMap<>();
    for (CompiledSegment segment : segments) {
      segment.enterReads().forEach(path -> reads.put(path, slots.slot(path).orElseThrow()));
      segment.stayReads().forEach(path -> reads.put(path, slots.slot(path).orElseThrow()));
    }
    this.predictedSlots = slots.predictedAmong(reads.keySet());
  }

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

  /** Stands for the segmentation in the state of profiles. */
  public int id() {
    return id;
  }

  /** The name of a segment by what stands for it; null where there is no such segment any more. */
  public @Nullable String segmentName(int segmentId) {
    CompiledSegment segment = find(segmentId);
    return segment == null ? null : segment.name();
  }

  /**
   * Decides where a profile belongs. It is left where it is while a trait or a percentile that any
   * rule reads has no value. Else it stays for the minimum dwell, and then while its segment's own
   * rule to stay holds; else it enters the first segment whose rule to enter holds. A profile whose
   * segment the definition does not have any more is decided afresh.
   *
   * @param current the segment that it is in; null where it is in none
   * @param slots values of features, traits and percentiles, NaN where one is missing
   * @param asOfMillis the event time at which the values hold
   */
  public SegmentDecision decide(
      @Nullable SegmentMembership current, double[] slots, long asOfMillis) {
    if (!isDecidable(slots)) {
      return SegmentDecision.UNDECIDED;
    }
    CompiledSegment at = current == null ? null : find(current.segmentId());
    if (current != null && at != null) {
      if (asOfMillis < dwellEndsAt(current)) {
        return at.dwells();
      }
      if (at.holdsOn(slots)) {
        return at.stayed();
      }
    }
    return firstToEnter(slots).entered(at);
  }

  /**
   * The event time in milliseconds from which on the rules decide again about a profile that is in
   * a segment; the time of its entry where there is no minimum dwell, or no such segment any more.
   */
  public long dwellEndsAt(SegmentMembership current) {
    return find(current.segmentId()) == null
        ? current.sinceMillis()
        : current.sinceMillis() + definition.getMinDwellMillis();
  }

  /** Whether the rules read the value or the percentile of this trait. */
  public boolean reads(ActiveTrait trait) {
    for (int slot : predictedSlots) {
      if (slot == trait.slot() || slot == trait.percentileSlot()) {
        return true;
      }
    }
    return false;
  }

  /**
   * What a change was decided by: what the rule to stay of the segment that was left reads, the
   * rule to enter of the new one, and the rules of the segments before it, which did not hold.
   *
   * @param left the segment that the profile was in; null where it was in none
   * @param entered the decision to enter another one
   * @return values by path, NaN where one is missing
   */
  public Map<String, Double> values(
      @Nullable SegmentMembership left, SegmentDecision entered, double[] slots) {
    Map<String, Double> values = new TreeMap<>();
    CompiledSegment from = left == null ? null : find(left.segmentId());
    if (from != null) {
      put(from.stayReads(), slots, values);
    }
    for (CompiledSegment segment : segments) {
      put(segment.enterReads(), slots, values);
      if (segment.id() == entered.segmentId()) {
        break;
      }
    }
    return values;
  }

  private void put(List<String> paths, double[] slots, Map<String, Double> values) {
    for (String path : paths) {
      Integer slot = reads.get(path);
      if (slot != null) {
        values.put(path, slots[slot]);
      }
    }
  }

  private boolean isDecidable(double[] slots) {
    for (int slot : predictedSlots) {
      if (Double.isNaN(slots[slot])) {
        return false;
      }
    }
    return true;
  }

  private CompiledSegment firstToEnter(double[] slots) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).canBeEntered(slots)) {
        return segments.get(i);
      }
    }
    return segments.getLast();
  }

  private @Nullable CompiledSegment find(int segmentId) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).id() == segmentId) {
        return segments.get(i);
      }
    }
    return null;
  }
}
