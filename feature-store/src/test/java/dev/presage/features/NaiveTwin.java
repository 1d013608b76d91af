package dev.presage.features;

import dev.presage.features.RandomDeclarations.FeatureSpec;
import dev.presage.features.RandomDeclarations.SeriesSpec;
import dev.presage.schemas.avro.Event;
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

  private static final long MINUTE = 60_000;
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
    long oldest = Math.floorDiv(newNow - declarations.deduplicationMillis(), MINUTE);
    List<Long> earlier = arrivals.getOrDefault(id, List.of());
    if (earlier.stream().anyMatch(arrival -> Math.floorDiv(arrival, MINUTE) >= oldest)) {
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
    return ordered.subList(countUntil(ordered, tail), countUntil(ordered, end));
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

  /** Says whether a value is what the definition gives for the events of a window. */
  static boolean matches(
      FeatureSpec feature, List<Kept> window, long asOf, double actual, double timeTolerance) {
    Double expected = value(feature, window, asOf);
    if (expected == null) {
      return Double.isNaN(actual);
    }
    return Math.abs(actual - expected) <= tolerance(feature, window, timeTolerance);
  }

  /** Computes a feature by its definition; null is missing. */
  static @Nullable Double value(FeatureSpec feature, List<Kept> window, long asOf) {
    double[] values = window.stream().mapToDouble(Kept::value).toArray();
    int n = values.length;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / n;
    if (feature.aggregate().equals("count")) {
      return (double) n;
    }
    if (feature.aggregate().equals("sum")) {
      return sum;
    }
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
      case "last" -> last.value();
      case "time_since_first" -> days(Math.max(0, asOf - first.time()));
      case "time_since_last" -> days(Math.max(0, asOf - last.time()));
      case "mean_time_between" -> n < 2 ? null : days(last.time() - first.time()) / (n - 1);
      default -> throw new AssertionError(feature.aggregate());
    };
  }

  private static double tolerance(FeatureSpec feature, List<Kept> window, double timeTolerance) {
    double largest = window.stream().mapToDouble(event -> Math.abs(event.value())).max().orElse(0);
    double total = window.stream().mapToDouble(event -> Math.abs(event.value())).sum();
    return switch (feature.aggregate()) {
      case "count", "min", "max", "first", "last" -> 0;
      case "sum" -> 1e-12 * total;
      case "mean" -> 1e-12 * largest;
      case "stddev" -> 1e-7 * largest;
      default -> timeTolerance / Events.DAY + 1e-9;
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
