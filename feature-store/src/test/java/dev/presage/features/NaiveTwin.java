package dev.presage.features;

import dev.presage.features.RandomDeclarations.FeatureSpec;
import dev.presage.features.RandomDeclarations.SeriesSpec;
import dev.presage.schemas.avro.Event;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every event for ever and computes every feature by its definition, so plainly that one can
 * see that it is right.
 */
final class NaiveTwin {
  record Kept(long time, double value) {}

  private static final Comparator<Kept> BY_TIME_AND_VALUE =
      Comparator.comparingLong(Kept::time).thenComparingDouble(Kept::value);

  private final RandomDeclarations declarations;
  private final Map<SeriesSpec, List<Kept>> kept = new HashMap<>();
  private final Map<String, List<Long>> arrivals = new HashMap<>();
  private long now = -1;

  NaiveTwin(RandomDeclarations declarations) {
    this.declarations = declarations;
    declarations.series().forEach(series -> kept.put(series, new ArrayList<>()));
  }

  long now() {
    return now;
  }

  ApplyOutcome.Kind apply(Event event) {
    long time = event.getOccurredAt().toEpochMilli();
    long newNow = Math.max(now, time);
    String id = event.getEventId();
    long oldest = newNow - declarations.deduplicationMillis();
    List<Long> earlier = arrivals.getOrDefault(id, List.of());
    if (earlier.stream().anyMatch(arrival -> arrival >= oldest)) {
      return ApplyOutcome.Kind.DUPLICATE;
    }
    List<SeriesSpec> counting =
        declarations.series().stream().filter(series -> series.counts(event)).toList();
    List<SeriesSpec> keeping =
        counting.stream().filter(series -> newNow - time < series.retentionMillis()).toList();
    if (keeping.isEmpty() && !counting.isEmpty()) {
      return ApplyOutcome.Kind.TOO_LATE;
    }
    arrivals.computeIfAbsent(id, _ -> new ArrayList<>()).add(newNow);
    for (SeriesSpec series : keeping) {
      kept(series).add(new Kept(time, series.value(event)));
      kept(series).sort(BY_TIME_AND_VALUE);
    }
    boolean late = time < now;
    now = newNow;
    return late ? ApplyOutcome.Kind.APPLIED_LATE : ApplyOutcome.Kind.APPLIED;
  }

  /** Returns the events in (tail, end], by time and value. */
  List<Kept> window(SeriesSpec series, long tail, long end) {
    List<Kept> ordered = kept(series);
    int to = countUntil(ordered, end);
    return ordered.subList(Math.min(to, countUntil(ordered, tail)), to);
  }

  /**
   * Returns every run of events that begins where a window with its tail between two times can
   * begin and ends where one with its end between two times can end. Events of one millisecond are
   * ordered by value, and a run can begin or end among them.
   */
  List<List<Kept>> windows(
      SeriesSpec series, long earliestTail, long latestTail, long earliestEnd, long latestEnd) {
    List<Kept> ordered = kept(series);
    int lastFrom = countUntil(ordered, latestTail);
    int lastTo = countUntil(ordered, latestEnd);
    List<List<Kept>> windows = new ArrayList<>();
    for (int from = countUntil(ordered, earliestTail); from <= lastFrom; from++) {
      for (int to = countUntil(ordered, earliestEnd); to <= lastTo; to++) {
        windows.add(ordered.subList(Math.min(from, to), to));
      }
    }
    return windows;
  }

  /** Returns a feature as of a time, by its definition; null is missing. */
  @Nullable Double value(FeatureSpec feature, long asOf) {
    Long length = feature.windowMillis();
    long tail = length == null ? Long.MIN_VALUE : asOf - length;
    List<Kept> window = window(feature.series(), tail, asOf);
    SeriesSpec of = feature.of();
    if (of != null) {
      return ratio(window.size(), window(of, tail, asOf).size());
    }
    if (length != null && feature.aggregate().endsWith("trend")) {
      List<Kept> before = window(feature.series(), tail - length, tail);
      return feature.aggregate().equals("trend")
          ? ratio(window.size(), before.size())
          : ratio(sum(window), sum(before));
    }
    return value(feature, window, asOf);
  }

  /** Says whether a value is what the definition gives for the events of a window. */
  static boolean matches(
      FeatureSpec feature, List<Kept> window, long asOf, double actual, double timeTolerance) {
    return isNear(value(feature, window, asOf), actual, tolerance(feature, window, timeTolerance));
  }

  static boolean isNear(@Nullable Double expected, double actual, double tolerance) {
    return expected == null
        ? Double.isNaN(actual)
        : Math.abs(actual - expected) <= tolerance + 1e-12 * Math.abs(expected);
  }

  /** Computes a feature of the events of one window; null is missing. */
  static @Nullable Double value(FeatureSpec feature, List<Kept> window, long asOf) {
    int n = window.size();
    double sum = sum(window);
    double mean = sum / n;
    switch (feature.aggregate()) {
      case "count" -> {
        return (double) n;
      }
      case "sum" -> {
        return sum;
      }
      case "distinct" -> {
        return (double) window.stream().map(Kept::value).distinct().count();
      }
      case "sessions" -> {
        return (double) sessions(window, feature.argument()).size();
      }
      case "decayed_count", "decayed_sum" -> {
        boolean counts = feature.aggregate().equals("decayed_count");
        double decayed = 0;
        for (Kept event : window) {
          double weight = Math.pow(2, -(double) (asOf - event.time()) / feature.argument());
          decayed += weight * (counts ? 1 : event.value());
        }
        return decayed;
      }
      default -> {}
    }
    int k = (int) Math.max(1, feature.argument());
    if (n == 0) {
      return null;
    }
    Kept first = window.getFirst();
    Kept last = window.getLast();
    return switch (feature.aggregate()) {
      case "mean" -> mean;
      case "min" -> window.stream().mapToDouble(Kept::value).min().orElseThrow();
      case "max" -> window.stream().mapToDouble(Kept::value).max().orElseThrow();
      case "stddev" ->
          Math.sqrt(
              window.stream()
                  .mapToDouble(event -> (event.value() - mean) * (event.value() - mean) / n)
                  .sum());
      case "first" -> first.value();
      case "last" -> n < k ? null : window.get(n - k).value();
      case "time_since_first" -> days(Math.max(0, asOf - first.time()));
      case "time_since_last" ->
          n < k ? null : (Double) days(Math.max(0, asOf - window.get(n - k).time()));
      case "mean_time_between" ->
          n < 2 ? null : (Double) (days(last.time() - first.time()) / (n - 1));
      case "mean_session_length" ->
          sessions(window, feature.argument()).stream()
              .mapToDouble(session -> days(session.getLast().time() - session.getFirst().time()))
              .average()
              .orElseThrow();
      case "mean_session_events" -> (double) n / sessions(window, feature.argument()).size();
      default -> throw new AssertionError(feature.aggregate());
    };
  }

  private static List<List<Kept>> sessions(List<Kept> window, long gap) {
    List<List<Kept>> sessions = new ArrayList<>();
    for (int i = 0; i < window.size(); i++) {
      if (i == 0 || window.get(i).time() - window.get(i - 1).time() > gap) {
        sessions.add(new ArrayList<>());
      }
      sessions.getLast().add(window.get(i));
    }
    return sessions;
  }

  private static @Nullable Double ratio(double part, double whole) {
    return Math.abs(whole) < 1e-9 ? null : (Double) (part / whole);
  }

  private static double sum(List<Kept> window) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Kept event : window) {
      sum = sum.add(new BigDecimal(event.value()));
    }
    return sum.doubleValue();
  }

  /** Returns by how much sums in another order may differ, and times in the middle of a tile. */
  static double tolerance(FeatureSpec feature, List<Kept> window, double timeTolerance) {
    double largest = window.stream().mapToDouble(event -> Math.abs(event.value())).max().orElse(0);
    double total = window.stream().mapToDouble(event -> Math.abs(event.value())).sum();
    return switch (feature.aggregate()) {
      case "sum" -> 1e-12 * total;
      case "mean" -> 1e-12 * largest;
      case "stddev" -> 1e-5 * largest;
      case "decayed_sum", "decayed_count" -> 1e-11 * (total + window.size());
      case "time_since_first", "time_since_last", "mean_time_between" ->
          timeTolerance / Events.DAY + 1e-9;
      default -> 0;
    };
  }

  private static double days(long millis) {
    return (double) millis / Events.DAY;
  }

  private static int countUntil(List<Kept> ordered, long time) {
    int count = ordered.size();
    while (count > 0 && ordered.get(count - 1).time() > time) {
      count--;
    }
    return count;
  }

  private List<Kept> kept(SeriesSpec series) {
    return kept.getOrDefault(series, List.of());
  }
}
