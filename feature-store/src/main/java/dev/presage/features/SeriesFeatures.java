package dev.presage.features;

import dev.presage.features.declaration.Aggregate;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.WindowView;
import java.util.Comparator;
import java.util.List;

/** The features over one series, ordered by their windows so that one pass serves them all. */
final class SeriesFeatures {
  private static final double MILLIS_IN_DAY = 86_400_000;

  private final long[] windows;
  private final Aggregate[] aggregates;
  private final int[] places;

  /** A feature with its place in the vector. */
  record Placed(Aggregated feature, int place) {}

  SeriesFeatures(List<Placed> features) {
    List<Placed> sorted =
        features.stream()
            .sorted(Comparator.comparingLong(p -> p.feature().windowMillis()))
            .toList();
    this.windows = sorted.stream().mapToLong(p -> p.feature().windowMillis()).toArray();
    this.aggregates = sorted.stream().map(p -> p.feature().aggregate()).toArray(Aggregate[]::new);
    this.places = sorted.stream().mapToInt(Placed::place).toArray();
  }

  /** Puts the features of a series as of a time into their places. */
  void fill(SeriesState series, long asOf, WindowView view, double[] out) {
    view.open(series, asOf);
    long reached = 0;
    for (int i = 0; i < windows.length; i++) {
      long window = windows[i];
      if (window != reached) {
        if (window == Aggregated.LIFETIME) {
          view.reachBackToBeginning();
        } else {
          view.reachBackTo(asOf - window);
        }
        reached = window;
      }
      out[places[i]] = of(aggregates[i], view);
    }
  }

  private static double of(Aggregate aggregate, WindowView window) {
    long count = window.count();
    return switch (aggregate) {
      case COUNT -> count;
      case SUM -> count == 0 ? 0 : window.sum();
      case MEAN -> count == 0 ? Double.NaN : window.mean();
      case MIN -> count == 0 ? Double.NaN : window.least();
      case MAX -> count == 0 ? Double.NaN : window.greatest();
      case STDDEV -> count == 0 ? Double.NaN : Math.sqrt(window.squaredDeviations() / count);
      case FIRST -> count == 0 ? Double.NaN : window.firstValue();
      case LAST -> count == 0 ? Double.NaN : window.lastValue();
      case TIME_SINCE_FIRST -> count == 0 ? Double.NaN : since(window.firstTime(), window);
      case TIME_SINCE_LAST -> count == 0 ? Double.NaN : since(window.lastTime(), window);
      case MEAN_TIME_BETWEEN ->
          count < 2
              ? Double.NaN
              : (window.lastTime() - window.firstTime()) / MILLIS_IN_DAY / (count - 1);
      default -> throw new IllegalStateException("not evaluated yet: " + aggregate);
    };
  }

  private static double since(long time, WindowView window) {
    return Math.max(0, window.asOf() - time) / MILLIS_IN_DAY;
  }
}
