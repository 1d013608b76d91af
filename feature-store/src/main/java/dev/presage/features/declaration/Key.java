package dev.presage.features.declaration;

import java.util.List;

/**
 * A key that a mapping in declarations can have. The lists here are what the reader knows, what
 * editors are told by {@code docs/features.schema.json}, and what {@code
 * docs/features-reference.md} shows.
 *
 * @param form what its value looks like
 * @param says what it says, in a line of Markdown
 * @param without what is the case without it, in a line of Markdown
 */
record Key(String name, Form form, String says, String without) {
  /** What a value looks like. */
  enum Form {
    TEXT,
    NAME,
    DURATION,
    WINDOW,
    TIME_ZONE,
    TRACK,
    ALL,
    TEXTS,
    AT_MOST,
    SERIES,
    FEATURES,
    WEEKDAYS,
    HOURS,
    AGGREGATE,
    K
  }

  private static final Key WEEKDAYS =
      new Key(
          "weekdays",
          Form.WEEKDAYS,
          "the days on which an event counts, their names in full: one, or a list",
          "all days");
  private static final Key HOURS =
      new Key(
          "hours",
          Form.HOURS,
          "the hours in which an event counts, 0 to 23: one, a range with both its ends (`18-22` is"
              + " from 18:00 to 22:59, `22-5` goes over midnight), or a list of these",
          "all hours");

  /** Keys of the file. */
  static final List<Key> FILE =
      List.of(
          new Key("entity", Form.NAME, "what is profiled", "`customer`"),
          new Key(
              "deduplication",
              Form.DURATION,
              "how long an event ID is remembered; a second event with it changes nothing",
              "`24h`"),
          new Key(
              "time_zone",
              Form.TIME_ZONE,
              "the IANA time zone by whose clocks `weekdays` and `hours` are meant",
              "`UTC`"),
          new Key(
              "track",
              Form.TRACK,
              "`all`, or a mapping: every event type is tracked from now on, so that a series that"
                  + " is declared later has a history",
              "what is under `series` is tracked"),
          new Key(
              "series",
              Form.SERIES,
              "what is tracked, by name",
              "required, unless there is `track`"),
          new Key("features", Form.FEATURES, "what is computed, by name", "required"));

  /** Keys of {@code track}. */
  static final List<Key> TRACK =
      List.of(
          new Key("events", Form.ALL, "`all`: the times of the events of every type", "`all`"),
          new Key(
              "properties",
              Form.TEXTS,
              "numeric properties whose values are tracked for every event type: one, or a list",
              "those that some series names in `property`, which are tracked in any case"),
          new Key(
              "at_most",
              Form.AT_MOST,
              "how many series a profile can have by tracking all, 1 to " + Tracking.MAX_AT_MOST,
              "`" + Tracking.DEFAULT_AT_MOST + "`"));

  /** Keys of a series. */
  static final List<Key> SERIES =
      List.of(
          new Key("event", Form.TEXT, "the event type; `\"*\"` is every type", "required"),
          new Key(
              "where",
              Form.TEXT,
              "a condition in CEL on the event's properties that must hold",
              "every event counts"),
          new Key(
              "property",
              Form.TEXT,
              "a numeric property whose values are tracked; an event without it does not count",
              "only times are tracked"),
          new Key(
              "identifier",
              Form.TEXT,
              "a property, a text or a number, of which is tracked which values there were; an"
                  + " event without it does not count. Instead of `property`",
              "only times are tracked"),
          WEEKDAYS,
          HOURS,
          new Key(
              "retention",
              Form.DURATION,
              "how long events stay in windows, and how late an event may come",
              "`" + Durations.text(SeriesReader.DEFAULT_RETENTION) + "`"));

  /** Keys of a feature. */
  static final List<Key> FEATURE =
      List.of(
          new Key(
              "aggregate",
              Form.AGGREGATE,
              "how the events of the window become a number",
              "required, unless there is `expression`"),
          new Key("series", Form.NAME, "the series", "required, unless there is `expression`"),
          new Key(
              "window",
              Form.WINDOW,
              "a duration, or `lifetime`",
              "required, unless there is `expression`, or `half_life`"),
          WEEKDAYS,
          HOURS,
          of(Parameter.OF, Form.NAME),
          of(Parameter.GAP, Form.DURATION),
          of(Parameter.HALF_LIFE, Form.DURATION),
          of(Parameter.K, Form.K),
          new Key(
              "expression",
              Form.TEXT,
              "an expression over other features, instead of all other keys",
              "the feature is an aggregate"));

  static List<String> names(List<Key> keys) {
    return keys.stream().map(Key::name).toList();
  }

  private static Key of(Parameter parameter, Form form) {
    return new Key(
        parameter.yamlName(),
        form,
        parameter.description(),
        parameter.isRequired() ? "required by aggregates that take it" : "`1`");
  }
}
