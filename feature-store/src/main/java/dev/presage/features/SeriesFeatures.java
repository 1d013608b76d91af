package dev.presage.features;

import dev.presage.features.declaration.Aggregate;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.WindowView;
import java.util.Comparator;
import java.util.List;

/** The features over one series, ordered by their windows so that each window is selected once. */
final class SeriesFeatures {
  private static final double MILLIS_IN_DAY = 86_400_000;
  private static final double LEAST_DIVISOR = 1e-9;

  private final long[] windows;
  private final Aggregate[] aggregates;
  private final int[] places;
  private final int[] arguments;

  /** A feature with its place in the vector. */
  record Placed(Aggregated feature, int place) {}

  /**
   * @param features the features over the series
   * @param layout the layout of the series
   * @param slots gives the index in the state of the series {@code of} of a feature
   */
  SeriesFeatures(List<Placed> features, SeriesLayout layout, SeriesSlots slots) {
    List<Placed> sorted =
        features.stream()
            .sorted(
                Comparator.comparing((Placed p) -> looksTwice(p.feature().aggregate()))
                    .thenComparingLong(p -> p.feature().windowMillis()))
            .toList();
    this.windows = sorted.stream().mapToLong(p -> p.feature().windowMillis()).toArray();
    this.aggregates = sorted.stream().map(p -> p.feature().aggregate()).toArray(Aggregate[]::new);
    this.places = sorted.stream().mapToInt(Placed::place).toArray();
    this.arguments = sorted.stream().mapToInt(p -> argument(p.feature(), layout, slots)).toArray();
  }

  /** Where the state has a series. */
  interface SeriesSlots {
    int of(dev.presage.features.declaration.SeriesDefinition series);
  }

  /** Puts the features of a series as of a time into their places. */
  void fill(ProfileState state, int slot, long asOf, double[] out) {
    if (windows.length == 0) {
      return;
    }
    WindowView view = state.view();
    view.open(state.series(slot));
    long selected = 0;
    for (int i = 0; i < windows.length; i++) {
      long window = windows[i];
      if (looksTwice(aggregates[i])) {
        out[places[i]] = trend(i, view, asOf);
        continue;
      }
      if (window != selected) {
        if (window == Aggregated.LIFETIME) {
          view.selectAll(asOf);
        } else {
          view.select(i, WindowView.NO_SLOT, asOf - window, asOf);
        }
        selected = window;
      }
      out[places[i]] =
          aggregates[i] == Aggregate.SHARE
              ? share(view, state, arguments[i], window, asOf)
              : of(aggregates[i], view, arguments[i]);
    }
  }

  /** Selects a window that ends at a time, or all time. */
  static void select(WindowView view, long window, long asOf) {
    if (window == Aggregated.LIFETIME) {
      view.selectAll(asOf);
    } else {
      view.select(asOf - window, asOf);
    }
  }

  private static boolean looksTwice(Aggregate aggregate) {
    return aggregate == Aggregate.TREND || aggregate == Aggregate.SUM_TREND;
  }

  private static int argument(Aggregated feature, SeriesLayout layout, SeriesSlots slots) {
    return switch (feature.aggregate()) {
      case LAST, TIME_SINCE_LAST -> feature.parameters().k();
      case SESSIONS, MEAN_SESSION_LENGTH, MEAN_SESSION_EVENTS ->
          layout.gapMillis().indexOf(feature.parameters().gapMillis());
      case DECAYED_COUNT, DECAYED_SUM -> layout.decayed().indexOf(ProfileLayouts.decayed(feature));
      case SHARE -> {
        var of = feature.parameters().of();
        yield of == null ? -1 : slots.of(of);
      }
      default -> 0;
    };
  }

  private static double of(Aggregate aggregate, WindowView window, int argument) {
    long count = window.count();
    if (count == 0) {
      return ofEmpty(aggregate);
    }
    return switch (aggregate) {
      case COUNT -> count;
      case SUM -> window.sum();
      case MEAN -> window.sum() / count;
      case MIN -> window.least();
      case MAX -> window.greatest();
      case STDDEV -> Math.sqrt(window.squaredDeviations() / count);
      case FIRST -> window.firstValue();
      case LAST -> window.knowsLast(argument) ? window.lastValue(argument) : Double.NaN;
      case TIME_SINCE_FIRST -> since(window.firstTime(), window);
      case TIME_SINCE_LAST ->
          window.knowsLast(argument) ? since(window.lastTime(argument), window) : Double.NaN;
      case MEAN_TIME_BETWEEN ->
          count < 2
              ? Double.NaN
              : Math.max(0, window.lastTime(1) - window.firstTime()) / MILLIS_IN_DAY / (count - 1);
      case DISTINCT -> window.distinct();
      case SESSIONS -> window.sessions(argument);
      case MEAN_SESSION_LENGTH ->
          window.sessionMillis(argument) / MILLIS_IN_DAY / window.sessions(argument);
      case MEAN_SESSION_EVENTS -> (double) count / window.sessions(argument);
      case DECAYED_COUNT, DECAYED_SUM -> window.decayed(argument);
      case SHARE, TREND, SUM_TREND -> throw new IllegalStateException(aggregate.yamlName());
    };
  }

  private static double ofEmpty(Aggregate aggregate) {
    return switch (aggregate) {
      case COUNT, SUM, DISTINCT, SESSIONS, DECAYED_COUNT, DECAYED_SUM -> 0;
      default -> Double.NaN;
    };
  }

  private static double share(
      WindowView window, ProfileState state, int ofSlot, long length, long asOf) {
    WindowView other = state.otherView();
    other.open(state.series(ofSlot));
    select(other, length, asOf);
    long all = other.count();
    return all == 0 ? Double.NaN : (double) window.count() / all;
  }

  private double trend(int feature, WindowView view, long asOf) {
    boolean sums = aggregates[feature] == Aggregate.SUM_TREND;
    long length = windows[feature];
    view.select(feature, WindowView.NO_SLOT, asOf - length, asOf);
    double now = sums ? view.sum() : view.count();
    view.select(windows.length + feature, feature, asOf - 2 * length, asOf - length);
    double before = sums ? view.sum() : view.count();
    // What decimals that cancel out leave of a sum in binary is no sum to divide by.
    return Math.abs(before) < LEAST_DIVISOR ? Double.NaN : now / before;
  }

  private static double since(long time, WindowView window) {
    return Math.max(0, window.head() - time) / MILLIS_IN_DAY;
  }
}
