package dev.presage.features.declaration;

import dev.presage.features.expression.Expression;

/** A number that is computed for a profile as of a time. */
public sealed interface FeatureDefinition {
  /** Returns the name, which is also its place in the vector: features are ordered by name. */
  String name();

  /** Returns the text of what it means; equal for equal meanings. */
  String canonical();

  /**
   * An aggregate over a series and a window.
   *
   * @param windowMillis the length of the window, or {@link #LIFETIME}
   */
  record Aggregated(String name, Aggregate aggregate, SeriesDefinition series, long windowMillis)
      implements FeatureDefinition {
    /** Stands for all time. */
    public static final long LIFETIME = Long.MAX_VALUE;

    @Override
    public String canonical() {
      return new Canonical()
          .add(name)
          .add(aggregate.yamlName())
          .add(windowMillis == LIFETIME ? Durations.LIFETIME : Long.toString(windowMillis))
          .add(series.canonical())
          .text();
    }
  }

  /** An expression over other features. */
  record Computed(String name, Expression expression) implements FeatureDefinition {
    @Override
    public String canonical() {
      return new Canonical().add(name).add("expression").add(expression.canonical()).text();
    }
  }
}
