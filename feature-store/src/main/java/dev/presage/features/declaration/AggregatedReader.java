package dev.presage.features.declaration;

import static dev.presage.features.declaration.FeatureDefinition.Aggregated.LIFETIME;

import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.declaration.FeatureDefinition.Parameters;
import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.schemas.settings.Suggestion;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a feature that is an aggregate over a series. */
final class AggregatedReader {
  private final SeriesPool pool;
  private final Set<String> seriesNames;
  private final CalendarReader calendars;
  private final Problems problems;

  /**
   * @param pool the series that are right; those that features derive are added
   * @param seriesNames the names of all that are declared, so that a wrong one is not reported
   *     twice
   */
  AggregatedReader(
      SeriesPool pool, Set<String> seriesNames, CalendarReader calendars, Problems problems) {
    this.pool = pool;
    this.seriesNames = seriesNames;
    this.calendars = calendars;
    this.problems = problems;
  }

  Optional<Aggregated> read(String name, Fields fields) {
    Optional<Aggregate> aggregate = aggregate(fields);
    Optional<SeriesDefinition> over =
        fields.required("series").flatMap(it -> series(it, "series", fields));
    Optional<Long> window = window(aggregate, fields);
    Optional<CalendarCondition> calendar = calendars.read(fields);
    Parameters parameters = parameters(aggregate, fields);
    if (aggregate.isEmpty() || over.isEmpty()) {
      return Optional.empty();
    }
    checkKind(aggregate.get(), over.get(), fields);
    Optional<SeriesDefinition> series =
        calendar.isEmpty() ? over : on(calendar.get(), over.get(), fields);
    if (window.isEmpty() || series.isEmpty()) {
      return Optional.empty();
    }
    checkRetention(aggregate.get(), series.get(), window.get(), fields);
    if (parameters.of() != null) {
      checkRetention(aggregate.get(), parameters.of(), window.get(), fields);
    }
    return Optional.of(
        new Aggregated(name, aggregate.get(), series.get(), window.get(), parameters));
  }

  private Optional<Aggregate> aggregate(Fields fields) {
    Optional<String> name = fields.required("aggregate");
    Optional<Aggregate> aggregate = name.flatMap(Aggregate::named);
    if (name.isPresent() && aggregate.isEmpty()) {
      problems.add(
          fields.place("aggregate"),
          "unknown aggregate '"
              + name.get()
              + "'"
              + Suggestion.of(name.get(), Aggregate.yamlNames(), it -> "'" + it + "'"));
    }
    return aggregate;
  }

  private Optional<SeriesDefinition> series(String name, String key, Fields fields) {
    if (!seriesNames.contains(name)) {
      problems.add(
          fields.place(key),
          "unknown series '"
              + name
              + "'"
              + (seriesNames.isEmpty()
                  ? "; declare it under 'series'"
                  : Suggestion.of(name, seriesNames, it -> "'" + it + "'")));
    }
    return pool.declared(name);
  }

  /** Returns the series with only those of its events that a feature's own calendar counts. */
  private Optional<SeriesDefinition> on(
      CalendarCondition calendar, SeriesDefinition over, Fields fields) {
    Place place = fields.place(fields.has("weekdays") ? "weekdays" : "hours");
    Optional<CalendarCondition> both =
        over.calendar() == null
            ? Optional.of(calendar)
            : calendars.both(over.calendar(), calendar, fields.of(), place);
    return both.map(condition -> pool.derive(over, condition, place));
  }

  private Optional<Long> window(Optional<Aggregate> aggregate, Fields fields) {
    if (aggregate.isPresent() && aggregate.get().span() == Aggregate.Span.ALL_TIME) {
      if (fields.has("window")) {
        problems.add(
            fields.place("window"),
            what(aggregate.get(), fields) + " is over all time; leave out 'window'");
      }
      return Optional.of(LIFETIME);
    }
    // Which keys an unknown aggregate needs, nobody knows.
    Optional<String> text =
        aggregate.isPresent() ? fields.required("window") : fields.text("window");
    return text.flatMap(it -> window(it, aggregate.orElse(null), fields));
  }

  private Optional<Long> window(String text, @Nullable Aggregate aggregate, Fields fields) {
    boolean lifetime = text.equals(Durations.LIFETIME);
    if (aggregate != null && aggregate.span() == Aggregate.Span.WINDOW_AND_THE_ONE_BEFORE) {
      if (lifetime) {
        problems.add(
            fields.place("window"),
            what(aggregate, fields)
                + " looks at the window before, too, so 'window' must be a duration "
                + Durations.EXAMPLES
                + ", here is 'lifetime'");
        return Optional.empty();
      }
    } else if (lifetime) {
      return Optional.of(LIFETIME);
    }
    Optional<Duration> window = Durations.parse(text);
    if (window.isEmpty()) {
      problems.add(
          fields.place("window"),
          "'window' of "
              + fields.of()
              + " must be 'lifetime' or a duration "
              + Durations.EXAMPLES
              + ", here is '"
              + text
              + "'");
    }
    return window.map(Duration::toMillis);
  }

  private Parameters parameters(Optional<Aggregate> aggregate, Fields fields) {
    for (Parameter parameter : Parameter.values()) {
      aggregate.ifPresent(it -> checkParameter(it, parameter, fields));
    }
    return new Parameters(
        fields
            .text(Parameter.OF.yamlName())
            .flatMap(name -> series(name, Parameter.OF.yamlName(), fields))
            .orElse(null),
        fields.duration(Parameter.GAP.yamlName()).map(Duration::toMillis).orElse(0L),
        fields.duration(Parameter.HALF_LIFE.yamlName()).map(Duration::toMillis).orElse(0L),
        fields.wholeNumber(Parameter.K.yamlName(), 1, Parameter.MAX_K).orElse(1));
  }

  private void checkParameter(Aggregate aggregate, Parameter parameter, Fields fields) {
    String key = parameter.yamlName();
    boolean taken = aggregate.parameter().filter(parameter::equals).isPresent();
    if (taken && parameter.isRequired() && !fields.has(key)) {
      problems.add(
          fields.place(),
          what(aggregate, fields) + " needs the key '" + key + "': " + parameter.description());
    }
    if (!taken && fields.has(key)) {
      problems.add(
          fields.place(key),
          what(aggregate, fields)
              + " takes no '"
              + key
              + "'; it is for "
              + names(other -> other.parameter().filter(parameter::equals).isPresent()));
    }
  }

  private void checkKind(Aggregate aggregate, SeriesDefinition over, Fields fields) {
    if (!aggregate.takes(over.kind())) {
      boolean numbers = aggregate.needs().filter(Kind.NUMBERS::equals).isPresent();
      problems.add(
          fields.place("aggregate"),
          what(aggregate, fields)
              + (numbers ? " needs numbers" : " needs identifiers")
              + ", but series '"
              + over.name()
              + (numbers ? "' has no 'property'" : "' has no 'identifier'")
              + "; over it there are "
              + names(other -> other.takes(over.kind())));
    }
  }

  private void checkRetention(
      Aggregate aggregate, SeriesDefinition series, long windowMillis, Fields fields) {
    boolean twice = aggregate.span() == Aggregate.Span.WINDOW_AND_THE_ONE_BEFORE;
    if (windowMillis == LIFETIME
        || (twice ? 2 : 1) * windowMillis <= series.retention().toMillis()) {
      return;
    }
    Duration needed = Duration.ofMillis(twice ? 2 * windowMillis : windowMillis);
    problems.add(
        fields.place("window"),
        (twice
                ? what(aggregate, fields)
                    + " looks back twice its window, "
                    + Durations.text(needed)
                    + ", which"
                : "window " + Durations.text(needed) + " of " + fields.of())
            + " is longer than the retention "
            + Durations.text(series.retention())
            + " of series '"
            + pool.declaredName(series)
            + (needed.compareTo(Durations.LONGEST) > 0
                ? "'; the longest window is " + Durations.text(Durations.LONGEST.dividedBy(2))
                : "'; give the series 'retention: " + Durations.text(needed) + "'"));
  }

  /** Says which aggregate of which feature: {@code 'sum' of feature 'f'}. */
  private static String what(Aggregate aggregate, Fields fields) {
    return "'" + aggregate.yamlName() + "' of " + fields.of();
  }

  private static String names(Predicate<Aggregate> which) {
    return Arrays.stream(Aggregate.values())
        .filter(which)
        .map(Aggregate::yamlName)
        .collect(Collectors.joining(", "));
  }
}
