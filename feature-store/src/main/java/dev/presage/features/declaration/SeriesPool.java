package dev.presage.features.declaration;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The series that are right: those that are declared, and those that features derive from them. */
final class SeriesPool {
  static final int MAX_PER_EVENT_TYPE = 64;

  private final Problems problems;
  private final Map<String, SeriesDefinition> declared = new HashMap<>();
  private final Map<Integer, SeriesDefinition> byStateId = new HashMap<>();
  private final Map<Integer, String> declaredNames = new HashMap<>();
  private final Map<String, Integer> perEventType = new HashMap<>();

  SeriesPool(Problems problems) {
    this.problems = problems;
  }

  /** Adds a series; it is a problem where another tracks the same. */
  void declare(SeriesDefinition series, Place place) {
    SeriesDefinition twin = byStateId.get(series.stateId());
    if (twin == null) {
      add(series, series.name(), place);
    } else {
      problems.add(
          place,
          "series '"
              + series.name()
              + "' tracks the same as series '"
              + twin.name()
              + "'; keep one of them, features can share it");
    }
    declared.put(series.name(), series);
  }

  /** Returns a series as another, but with a calendar; the one that is there, if there is one. */
  SeriesDefinition derive(SeriesDefinition from, CalendarCondition calendar, Place place) {
    SeriesDefinition derived =
        new SeriesDefinition(
            declaredName(from) + " " + calendar,
            from.eventType(),
            from.condition(),
            calendar,
            from.property(),
            from.kind(),
            from.retention());
    SeriesDefinition twin = byStateId.get(derived.stateId());
    if (twin != null) {
      return twin;
    }
    add(derived, declaredName(from), place);
    return derived;
  }

  Optional<SeriesDefinition> declared(String name) {
    return Optional.ofNullable(declared.get(name));
  }

  /** Returns the name under which the file has a series, or the one that it is derived from. */
  String declaredName(SeriesDefinition series) {
    return declaredNames.getOrDefault(series.stateId(), series.name());
  }

  /** Returns all of them, by name. */
  List<SeriesDefinition> all() {
    return byStateId.values().stream()
        .sorted(Comparator.comparing(SeriesDefinition::name))
        .toList();
  }

  private void add(SeriesDefinition series, String declaredName, Place place) {
    byStateId.put(series.stateId(), series);
    declaredNames.put(series.stateId(), declaredName);
    String type = series.eventType();
    perEventType.merge(type, 1, Integer::sum);
    if (mostOfAnEvent(type) == MAX_PER_EVENT_TYPE + 1) {
      problems.add(
          place, "more than " + MAX_PER_EVENT_TYPE + " series over the event type '" + type + "'");
    }
  }

  /** Returns how many series can count one event of a type. */
  private int mostOfAnEvent(String type) {
    int ofAnyType = perEventType.getOrDefault(SeriesDefinition.ANY_EVENT_TYPE, 0);
    return type.equals(SeriesDefinition.ANY_EVENT_TYPE)
        ? ofAnyType
            + perEventType.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(SeriesDefinition.ANY_EVENT_TYPE))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(0)
        : ofAnyType + perEventType.getOrDefault(type, 0);
  }
}
