package dev.presage.features.declaration;

import dev.presage.features.expression.Expression;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A number that is computed for a profile as of a time. */
public sealed interface FeatureDefinition {
  /** Returns the name, which is also its place in the vector: features are ordered by name. */
  String name();

  /** Returns the text of what it means; equal for equal meanings. */
  String canonical();

  /**
   * An aggregate over a series and a window.
   *
   * @param series the series, with the feature's own weekdays and hours in it
   * @param windowMillis the length of the window, or {@link #LIFETIME}; {@link #LIFETIME} for
   *     aggregates that take no window
   * @param parameters what the aggregate must know besides
   */
  record Aggregated(
      String name,
      Aggregate aggregate,
      SeriesDefinition series,
      long windowMillis,
      Parameters parameters)
      implements FeatureDefinition {
    /** Stands for all time. */
    public static final long LIFETIME = Long.MAX_VALUE;

    /** Returns the window as it is written in declarations: {@code 30d}, {@code lifetime}. */
    public String window() {
      return windowMillis == LIFETIME
          ? Durations.LIFETIME
          : Durations.text(Duration.ofMillis(windowMillis));
    }

    @Override
    public String canonical() {
      Canonical canonical =
          new Canonical()
              .add(name)
              .add(aggregate.yamlName())
              .add(windowMillis == LIFETIME ? Durations.LIFETIME : Long.toString(windowMillis))
              .add(series.canonical());
      parameters.addTo(canonical);
      return canonical.text();
    }
  }

  /**
   * Parameters of an aggregate; those that it does not take are as in {@link #NONE}.
   *
   * @param of the series of {@link Parameter#OF}
   * @param gapMillis {@link Parameter#GAP}
   * @param halfLifeMillis {@link Parameter#HALF_LIFE}
   * @param k {@link Parameter#K}, 1 where it is not given
   */
  record Parameters(@Nullable SeriesDefinition of, long gapMillis, long halfLifeMillis, int k) {
    public static final Parameters NONE = new Parameters(null, 0, 0, 1);

    /** Adds those that are not as in {@link #NONE}: older features keep their text. */
    private void addTo(Canonical canonical) {
      if (of != null) {
        canonical.add(Parameter.OF.yamlName()).add(of.canonical());
      }
      addUnless(NONE.gapMillis, gapMillis, Parameter.GAP, canonical);
      addUnless(NONE.halfLifeMillis, halfLifeMillis, Parameter.HALF_LIFE, canonical);
      addUnless(NONE.k, k, Parameter.K, canonical);
    }

    private static void addUnless(
        long usual, long value, Parameter parameter, Canonical canonical) {
      if (value != usual) {
        canonical.add(parameter.yamlName()).add(Long.toString(value));
      }
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
