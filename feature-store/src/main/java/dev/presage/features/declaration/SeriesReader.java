package dev.presage.features.declaration;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.expression.EventCondition;
import dev.presage.features.expression.InvalidExpressionException;
import java.time.Duration;
import java.util.Optional;

/** Reads what is under {@code series:}. */
final class SeriesReader {
  static final Duration DEFAULT_RETENTION = Duration.ofDays(730);

  private final CalendarReader calendars;
  private final Problems problems;

  SeriesReader(CalendarReader calendars, Problems problems) {
    this.calendars = calendars;
    this.problems = problems;
  }

  /** Returns the series that are right. */
  SeriesPool read(YamlNode.Mapping node) {
    SeriesPool pool = new SeriesPool(problems);
    for (YamlNode.Entry entry : node.entries()) {
      if (Names.check("a series", entry.key(), entry.place(), problems)) {
        series(entry).ifPresent(series -> pool.declare(series, entry.place()));
      }
    }
    return pool;
  }

  private Optional<SeriesDefinition> series(YamlNode.Entry entry) {
    Fields fields = Fields.of("series '" + entry.key() + "'", entry.value(), Key.SERIES, problems);
    Optional<String> event =
        entry.value() instanceof YamlNode.Mapping ? fields.required("event") : Optional.empty();
    Optional<EventCondition> condition =
        fields.text("where").flatMap(cel -> condition(cel, fields.place("where")));
    Optional<String> property = fields.text("property");
    Optional<String> identifier = fields.text("identifier");
    Optional<CalendarCondition> calendar = calendars.read(fields);
    Duration retention = fields.duration("retention").orElse(DEFAULT_RETENTION);
    if (fields.has("property") && fields.has("identifier")) {
      problems.add(
          fields.place("identifier"),
          fields.of()
              + " has both 'property' and 'identifier'; declare two series, one for the numbers"
              + " and one for the identifiers");
    }
    if (fields.has("where") && condition.isEmpty()) {
      return Optional.empty();
    }
    return event.map(
        type ->
            new SeriesDefinition(
                entry.key(),
                type,
                condition.orElse(null),
                calendar.orElse(null),
                property.or(() -> identifier).orElse(null),
                kind(property, identifier),
                retention));
  }

  private static Kind kind(Optional<String> property, Optional<String> identifier) {
    if (property.isPresent()) {
      return Kind.NUMBERS;
    }
    return identifier.isPresent() ? Kind.IDENTIFIERS : Kind.TIMES;
  }

  private Optional<EventCondition> condition(String cel, Place place) {
    try {
      return Optional.of(EventCondition.compile(cel));
    } catch (InvalidExpressionException e) {
      problems.add(place, "'where' cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }
}
