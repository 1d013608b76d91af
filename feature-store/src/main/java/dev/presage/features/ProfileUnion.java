package dev.presage.features;

import dev.presage.features.series.ProfileLayout;
import dev.presage.features.series.RecentIds;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.SharedEvents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state of two profiles that turned out to be one. */
final class ProfileUnion {
  private ProfileUnion() {}

  static ProfileState of(ProfileState one, ProfileState other, ProfileLayout layout) {
    long now = Math.max(one.newestEventMillis(), other.newestEventMillis());
    ProfileState union = new ProfileState(layout);
    union.advanceTo(now);
    SharedEvents shared = SharedEvents.of(one.recentIds(), other.recentIds());
    for (int i = 0; i < layout.series().size(); i++) {
      List<Long> times = shared.times(layout.series().get(i), i);
      union.series(i, SeriesState.union(one.series(i), other.series(i), times, now));
    }
    union.recentIds(
        RecentIds.union(one.recentIds(), other.recentIds(), now, layout.deduplicationMillis()));
    union.leftOut(one.leftOut() + other.leftOut());
    Map<Integer, SeriesState> undeclared = new TreeMap<>();
    one.undeclared().forEach(series -> undeclared.put(series.layout().id(), series));
    for (SeriesState series : other.undeclared()) {
      undeclared.merge(
          series.layout().id(),
          series,
          (a, b) -> SeriesState.union(a, b, shared.times(a.layout(), -1), now));
    }
    undeclared.values().stream()
        .limit(layout.undeclared())
        .map(series -> SeriesState.union(series, new SeriesState(series.layout()), List.of(), now))
        .forEach(union::addUndeclared);
    union.log().markFull();
    return union;
  }
}
