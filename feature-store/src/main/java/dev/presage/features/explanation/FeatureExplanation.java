package dev.presage.features.explanation;

import dev.presage.features.declaration.Aggregate;
import java.util.List;
import java.util.Map;

/** Why a feature has the value that it has. */
public sealed interface FeatureExplanation {
  /** Returns the name of the feature. */
  String name();

  /** Returns the value, as it is in the vector; NaN is missing. */
  double value();

  /**
   * Returns the series that the feature needs and that are not tracked for long enough yet; empty
   * where it is complete.
   */
  List<Collecting> collecting();

  /**
   * Says whether the value is the one that the definition gives, but for rounding: complete and
   * without an error.
   */
  boolean isExact();

  /**
   * Of an aggregate over a series and a window.
   *
   * @param windowMillis the length of the window, {@link
   *     dev.presage.features.declaration.FeatureDefinition.Aggregated#LIFETIME} for all time
   * @param window the same as it is written in declarations: {@code 30d}, {@code lifetime}
   * @param windows what the value is made of: the window; then, of a share, the same window of the
   *     other series, and of a trend the window before
   * @param bound how far it can be from what the definition gives
   */
  record Aggregated(
      String name,
      double value,
      Aggregate aggregate,
      long windowMillis,
      String window,
      List<WindowExplanation> windows,
      ErrorBound bound,
      List<Collecting> collecting)
      implements FeatureExplanation {
    public Aggregated {
      windows = List.copyOf(windows);
      collecting = List.copyOf(collecting);
    }

    /** Says for people how far the value can be off: {@code exact}, say. */
    public String boundText() {
      if (collecting.isEmpty()) {
        return bound.text(windowMillis);
      }
      return bound.kind() == ErrorBound.Kind.EXACT
          ? "not complete yet"
          : bound.text(windowMillis) + ", not complete yet";
    }

    @Override
    public boolean isExact() {
      return bound.kind() == ErrorBound.Kind.EXACT && collecting.isEmpty();
    }
  }

  /**
   * Of an expression over other features.
   *
   * @param expression its text
   * @param reads the values of the features that it reads, in the order of the text
   * @param inexact names of those of them that are not exact
   */
  record Computed(
      String name,
      double value,
      String expression,
      Map<String, Double> reads,
      List<String> inexact,
      List<Collecting> collecting)
      implements FeatureExplanation {
    @Override
    public boolean isExact() {
      return inexact.isEmpty();
    }
  }
}
