package dev.presage.features.series;

import java.util.ArrayList;
import java.util.List;

/**
 * The events that two profiles both had, as far as both remember their IDs. What is known of such
 * an event is its time, its type, and which series count it: there, an event of that time with the
 * same value on both sides is taken for it. That is wrong only where both have other events of the
 * very millisecond, too, with values that both have.
 */
public final class SharedEvents {
  private record Shared(long time, int typeTag, long counting) {}

  private final List<Shared> events = new ArrayList<>();

  /** Finds the events whose IDs both remember. */
  public static SharedEvents of(RecentIds one, RecentIds other) {
    SharedEvents shared = new SharedEvents();
    for (int i = 0; i < one.size(); i++) {
      if (other.has(one.hash(i))) {
        shared.events.add(new Shared(one.time(i), one.typeTag(i), one.counting(i)));
      }
    }
    return shared;
  }

  /**
   * Returns the times of those that a series counts.
   *
   * @param index its index in the layout; -1 for one that nobody declared
   */
  public List<Long> times(SeriesLayout layout, int index) {
    return events.stream()
        .filter(event -> layout.mayCount(event.typeTag()))
        .filter(event -> index < 0 || index >= Long.SIZE || (event.counting() >> index & 1) != 0)
        .map(Shared::time)
        .toList();
  }
}
