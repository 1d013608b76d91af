package dev.presage.local.play;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** How a time is written in a file. */
public sealed interface TimeFormat {

  /** The default: ISO 8601, UTC where the text names no offset. */
  static TimeFormat iso() {
    return new Pattern(
        "an ISO 8601 time such as 2011-09-01T08:30:00Z",
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT),
        ZoneOffset.UTC);
  }

  /**
   * The format of a name: {@code iso}, {@code epoch-millis}, {@code epoch-seconds}, else a pattern
   * of {@link DateTimeFormatter}.
   *
   * @param zone of a time without an offset
   * @throws IllegalArgumentException when it is none of these
   */
  static TimeFormat of(String name, ZoneId zone) {
    return switch (name) {
      case "iso" -> iso();
      case "epoch-millis" -> new Epoch("milliseconds", 1);
      case "epoch-seconds" -> new Epoch("seconds", 1_000);
      default -> new Pattern("a time such as " + name, formatter(name), zone);
    };
  }

  /** Strict: the 30th of February is no date. So that {@code yyyy} suffices, the era is ours. */
  private static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * The time of a text.
   *
   * @throws java.time.DateTimeException when the text is not a time of this format
   * @throws NumberFormatException when it should be a number and is not
   * @throws ArithmeticException when it is a number beyond all times
   */
  Instant parse(String text);

  /** What a text looks like, for messages. */
  String expected();

  /** Time since 1970-01-01T00:00:00Z. */
  record Epoch(String unit, long millis) implements TimeFormat {
    @Override
    public Instant parse(String text) {
      return Instant.ofEpochMilli(Math.multiplyExact(Long.parseLong(text), millis));
    }

    @Override
    public String expected() {
      return unit + " since 1970";
    }
  }

  /** A date and a time of day, or a date alone: its midnight. */
  record Pattern(String expected, DateTimeFormatter formatter, ZoneId zone) implements TimeFormat {
    @Override
    public Instant parse(String text) {
      TemporalAccessor time =
          formatter.parseBest(text, Instant::from, LocalDateTime::from, LocalDate::from);
      return switch (time) {
        case Instant instant -> instant;
        case LocalDateTime local -> local.atZone(zone).toInstant();
        default -> ((LocalDate) time).atStartOfDay(zone).toInstant();
      };
    }
  }
}
