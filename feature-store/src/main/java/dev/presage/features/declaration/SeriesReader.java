package dev.presage.features.declaration;

import dev.presage.features.expression.EventCondition;
import dev.presage.features.expression.InvalidExpressionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what is under {@code series:}. */
final class SeriesReader {
  static final Duration DEFAULT_RETENTION = Duration.ofDays(730);
  static final int MAX_PER_EVENT_TYPE = 64;

  private static final List<String> KEYS = List.of("event", "where", "property", "retention");

  private final Problems problems;
  private final Map<String, SeriesDefinition> read = new TreeMap<>();
  private final Map<Integer, SeriesDefinition> byStateId = new HashMap<>();
  private final Map<String, Integer> perEventType = new HashMap<>();

  SeriesReader(Problems problems) {
    this.problems = problems;
  }

  /** Returns the series that are right, by name. */
  Map<String, SeriesDefinition> read(YamlNode.Mapping node) {
    for (YamlNode.Entry entry : node.entries()) {
      if (Names.check("a series", entry.key(), entry.place(), problems)) {
        series(entry).ifPresent(series -> accept(series, entry.place()));
      }
    }
    return read;
  }

  private Optional<SeriesDefinition> series(YamlNode.Entry entry) {
    Fields fields = Fields.of("series '" + entry.key() + "'", entry.value(), KEYS, problems);
    Optional<String> event =
        entry.value() instanceof YamlNode.Mapping ? fields.required("event") : Optional.empty();
    Optional<EventCondition> condition =
        fields.text("where").flatMap(cel -> condition(cel, fields.place("where")));
    Duration retention = fields.duration("retention").orElse(DEFAULT_RETENTION);
    if (fields.has("where") && condition.isEmpty()) {
      return Optional.empty();
    }
    return event.map(
        type ->
            new SeriesDefinition(
                entry.key(),
                type,
                condition.orElse(null),
                null,
                fields.text("property").orElse(null),
                fields.has("property")
                    ? SeriesDefinition.Kind.NUMBERS
                    : SeriesDefinition.Kind.TIMES,
                retention));
  }

  private Optional<EventCondition> condition(String cel, Place place) {
    try {
      return Optional.of(EventCondition.compile(cel));
    } catch (InvalidExpressionException e) {
      problems.add(place, "'where' cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void accept(SeriesDefinition series, Place place) {
    SeriesDefinition twin = byStateId.putIfAbsent(series.stateId(), series);
    if (twin != null) {
      problems.add(
          place,
          "series '"
              + series.name()
              + "' tracks the same as series '"
              + twin.name()
              + "'; keep one of them, features can share it");
    }
    if (perEventType.merge(series.eventType(), 1, Integer::sum) == MAX_PER_EVENT_TYPE + 1) {
      problems.add(
          place,
          "more than "
              + MAX_PER_EVENT_TYPE
              + " series over the event type '"
              + series.eventType()
              + "'");
    }
    read.put(series.name(), series);
  }
}
