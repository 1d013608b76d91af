package dev.presage.features.declaration;

import dev.presage.features.series.WindowView;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the events of a window become one number. Times are in days; missing is NaN. */
public enum Aggregate {
  /** Number of events; 0 of an empty window. */
  COUNT(false) {
    @Override
    public double of(WindowView window) {
      return window.count();
    }
  },
  /** Sum of the values; 0 of an empty window. */
  SUM(true) {
    @Override
    public double of(WindowView window) {
      return window.count() == 0 ? 0 : window.sum();
    }
  },
  /** Mean of the values; missing of an empty window. */
  MEAN(true) {
    @Override
    public double of(WindowView window) {
      return window.count() == 0 ? Double.NaN : window.mean();
    }
  },
  /** Least value; missing of an empty window. */
  MIN(true) {
    @Override
    public double of(WindowView window) {
      return window.count() == 0 ? Double.NaN : window.least();
    }
  },
  /** Greatest value; missing of an empty window. */
  MAX(true) {
    @Override
    public double of(WindowView window) {
      return window.count() == 0 ? Double.NaN : window.greatest();
    }
  },
  /** Standard deviation of the values, dividing by their number; 0 of one, missing of none. */
  STDDEV(true) {
    @Override
    public double of(WindowView window) {
      return window.count() == 0
          ? Double.NaN
          : Math.sqrt(window.squaredDeviations() / window.count());
    }
  },
  /**
   * Value of the oldest event, the least of several in one millisecond; missing of an empty window.
   */
  FIRST(true) {
    @Override
    public double of(WindowView window) {
      return window.count() == 0 ? Double.NaN : window.firstValue();
    }
  },
  /**
   * Value of the newest event, the greatest of several in one millisecond; missing of an empty
   * window.
   */
  LAST(true) {
    @Override
    public double of(WindowView window) {
      return window.count() == 0 ? Double.NaN : window.lastValue();
    }
  },
  /** Days since the oldest event of the window; missing of an empty window. */
  TIME_SINCE_FIRST(false) {
    @Override
    public double of(WindowView window) {
      return window.count() == 0 ? Double.NaN : since(window.firstTime(), window);
    }
  },
  /** Days since the newest event of the window; missing of an empty window. */
  TIME_SINCE_LAST(false) {
    @Override
    public double of(WindowView window) {
      return window.count() == 0 ? Double.NaN : since(window.lastTime(), window);
    }
  },
  /** Mean number of days from one event of the window to the next; missing of fewer than two. */
  MEAN_TIME_BETWEEN(false) {
    @Override
    public double of(WindowView window) {
      return window.count() < 2
          ? Double.NaN
          : (window.lastTime() - window.firstTime()) / MILLIS_IN_DAY / (window.count() - 1);
    }
  };

  private static final double MILLIS_IN_DAY = 86_400_000;

  private final boolean needsProperty;

  Aggregate(boolean needsProperty) {
    this.needsProperty = needsProperty;
  }

  private static double since(long time, WindowView window) {
    return Math.max(0, window.asOf() - time) / MILLIS_IN_DAY;
  }

  /** Computes the feature. */
  public abstract double of(WindowView window);

  /** Says whether the series must have a numeric property. */
  public boolean needsProperty() {
    return needsProperty;
  }

  /** Returns the name in declarations: {@code mean_time_between}. */
  public String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Aggregate> named(String yamlName) {
    return Arrays.stream(values()).filter(a -> a.yamlName().equals(yamlName)).findFirst();
  }

  static List<String> yamlNames() {
    return Arrays.stream(values()).map(Aggregate::yamlName).toList();
  }
}
