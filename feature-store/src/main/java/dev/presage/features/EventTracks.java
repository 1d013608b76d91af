package dev.presage.features;

import dev.presage.features.declaration.CalendarCondition;
import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.expression.EventCondition;
import dev.presage.features.series.DistinctSample;
import dev.presage.features.series.RecentIds;
import dev.presage.features.series.SeriesLayout;
import dev.presage.schemas.avro.Event;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series that can count the events of one type, and what they track of a given event. */
final class EventTracks {
  /**
   * Values beyond this are refused: whole numbers up to here are exact in a double, and squares of
   * them do not overflow.
   */
  static final double MAX_VALUE = 1e15;

  private final int typeTag;
  private final SeriesDefinition[] series;
  private final SeriesLayout[] layouts;
  private final boolean[] declared;

  /** A series with its layout. */
  record Track(SeriesDefinition series, SeriesLayout layout, boolean isDeclared) {}

  EventTracks(int typeTag, List<Track> tracks) {
    this.typeTag = typeTag;
    int size = tracks.size();
    this.series = new SeriesDefinition[size];
    this.layouts = new SeriesLayout[size];
    this.declared = new boolean[size];
    for (int i = 0; i < size; i++) {
      series[i] = tracks.get(i).series();
      layouts[i] = tracks.get(i).layout();
      declared[i] = tracks.get(i).isDeclared();
    }
  }

  int typeTag() {
    return typeTag;
  }

  /**
   * Finds the series that count an event and what they track of it.
   *
   * @param observation begun for the event
   * @return why a declared series that counts it cannot take its value; null where there is nothing
   */
  @Nullable String observe(Event event, Observation observation) {
    for (int i = 0; i < series.length; i++) {
      SeriesDefinition definition = series[i];
      Object value = value(definition.property(), event);
      if (counts(definition, value, event)) {
        String problem = problem(definition, value);
        if (problem == null) {
          observation.add(layouts[i], number(definition, value), declared[i]);
        } else if (declared[i]) {
          return problem;
        }
      }
    }
    return null;
  }

  /** Returns the series that keeps an event the longest, of those that count it; there is one. */
  SeriesDefinition keepingLongest(Event event) {
    return Arrays.stream(series)
        .filter(definition -> counts(definition, value(definition.property(), event), event))
        .max(Comparator.comparing(SeriesDefinition::retention))
        .orElseThrow();
  }

  private static @Nullable Object value(@Nullable String property, Event event) {
    return property == null ? null : event.getProperties().get(property);
  }

  private static boolean counts(SeriesDefinition definition, @Nullable Object value, Event event) {
    CalendarCondition calendar = definition.calendar();
    EventCondition condition = definition.condition();
    return (definition.property() == null || value != null)
        && (calendar == null || calendar.holds(event.getOccurredAt()))
        && (condition == null || condition.test(event));
  }

  private static @Nullable String problem(SeriesDefinition definition, @Nullable Object value) {
    return switch (definition.kind()) {
      case TIMES -> null;
      case NUMBERS -> {
        if (!(value instanceof Number number)) {
          yield "property '%s' must be a number, because series '%s' tracks it, here is '%s'"
              .formatted(definition.property(), definition.name(), value);
        }
        double amount = number.doubleValue();
        yield Math.abs(amount) <= MAX_VALUE
            ? null
            : "property '%s' must be a number from -1e15 to 1e15, here is %s"
                .formatted(definition.property(), amount);
      }
      case IDENTIFIERS ->
          value instanceof Boolean
              ? "property '%s' must be a text or a number, because series '%s' tells its values apart, here is '%s'"
                  .formatted(definition.property(), definition.name(), value)
              : null;
    };
  }

  private static double number(SeriesDefinition definition, @Nullable Object value) {
    return switch (definition.kind()) {
      case TIMES -> 0;
      // Adding 0.0 turns -0.0 into 0.0: equal values have equal bits.
      case NUMBERS -> value instanceof Number number ? number.doubleValue() + 0.0 : 0;
      case IDENTIFIERS -> identifier(value);
    };
  }

  private static int identifier(@Nullable Object value) {
    if (value instanceof Number number) {
      return DistinctSample.hashOf(Double.doubleToLongBits(number.doubleValue()));
    }
    return value instanceof String text ? DistinctSample.hashOf(RecentIds.hash(text)) : 0;
  }
}
