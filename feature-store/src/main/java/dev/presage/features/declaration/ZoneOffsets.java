package dev.presage.features.declaration;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far the clocks of a time zone are ahead of UTC, for every time from 1970 to 2099, as a table:
 * {@link ZoneRules} makes garbage where it answers by rules that recur.
 */
final class ZoneOffsets {
  private static final Instant BEGIN = Instant.EPOCH;
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  /** The times of the transitions, ascending. */
  private final long[] times;

  /** The offsets before the first transition and after each. */
  private final int[] offsets;

  ZoneOffsets(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    ZoneOffsetTransition next = rules.nextTransition(BEGIN);
    while (next != null && next.getInstant().isBefore(END)) {
      transitions.add(next);
      next = rules.nextTransition(next.getInstant());
    }
    times = transitions.stream().mapToLong(ZoneOffsetTransition::toEpochSecond).toArray();
    offsets = new int[times.length + 1];
    offsets[0] = rules.getOffset(BEGIN).getTotalSeconds();
    for (int i = 0; i < times.length; i++) {
      offsets[i + 1] = transitions.get(i).getOffsetAfter().getTotalSeconds();
    }
  }

  int secondsAt(long epochSecond) {
    int found = Arrays.binarySearch(times, epochSecond);
    return offsets[found >= 0 ? found + 1 : -found - 1];
  }
}
