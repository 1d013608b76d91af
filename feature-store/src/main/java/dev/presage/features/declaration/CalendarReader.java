package dev.presage.features.declaration;

import dev.presage.schemas.settings.Suggestion;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the keys {@code weekdays} and {@code hours}. */
final class CalendarReader {
  static final List<String> WEEKDAYS =
      Arrays.stream(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT)).toList();

  private static final String HOUR = "[01]?[0-9]|2[0-3]";
  static final Pattern HOURS = Pattern.compile("(" + HOUR + ")(?:-(" + HOUR + "))?");

  private final ZoneId zone;
  private final Problems problems;

  CalendarReader(ZoneId zone, Problems problems) {
    this.zone = zone;
    this.problems = problems;
  }

  /** Reads the name of a time zone. */
  static Optional<ZoneId> zone(String name, Place place, Problems problems) {
    if (ZoneId.getAvailableZoneIds().contains(name)) {
      return Optional.of(ZoneId.of(name));
    }
    String suggestion = Suggestion.of(name, ZoneId.getAvailableZoneIds(), it -> "'" + it + "'");
    problems.add(
        place,
        "unknown time zone '"
            + name
            + "'"
            // Where no name is close, all 600 of them would be the suggestion.
            + (suggestion.length() < 60 ? suggestion : "; write an IANA name: Europe/Berlin, say"));
    return Optional.empty();
  }

  /** Returns the condition; empty where the keys are absent, wrong, or leave nothing out. */
  Optional<CalendarCondition> read(Fields fields) {
    int weekdays = 0;
    for (YamlNode.Scalar day : fields.texts("weekdays", "a day, or a list of days")) {
      weekdays |= weekday(day);
    }
    int hours = 0;
    for (YamlNode.Scalar range : fields.texts("hours", "hours, or a list of hours")) {
      hours |= hours(range, fields);
    }
    return condition(
        weekdays == 0 ? CalendarCondition.ALL_WEEKDAYS : weekdays,
        hours == 0 ? CalendarCondition.ALL_HOURS : hours);
  }

  /**
   * Returns the condition that holds where both do; it is a problem where that is never.
   *
   * @param of what has the second condition, for messages
   */
  Optional<CalendarCondition> both(
      CalendarCondition one, CalendarCondition other, String of, Place place) {
    int weekdays = one.weekdays() & other.weekdays();
    int hours = one.hours() & other.hours();
    if (weekdays == 0 || hours == 0) {
      problems.add(place, of + " never counts: the series counts only " + one);
      return Optional.empty();
    }
    return condition(weekdays, hours);
  }

  private Optional<CalendarCondition> condition(int weekdays, int hours) {
    return weekdays == CalendarCondition.ALL_WEEKDAYS && hours == CalendarCondition.ALL_HOURS
        ? Optional.empty()
        : Optional.of(new CalendarCondition(weekdays, hours, zone));
  }

  private int weekday(YamlNode.Scalar day) {
    int index = WEEKDAYS.indexOf(day.text().strip());
    if (index < 0) {
      problems.add(
          day.place(),
          "unknown weekday '"
              + day.text()
              + "'"
              + Suggestion.of(day.text(), WEEKDAYS, it -> "'" + it + "'"));
      return 0;
    }
    return 1 << index;
  }

  private int hours(YamlNode.Scalar range, Fields fields) {
    Matcher matcher = HOURS.matcher(range.text().strip());
    if (!matcher.matches()) {
      problems.add(
          range.place(),
          "'hours' of "
              + fields.of()
              + " must be hours from 0 to 23, such as 18-22 or [9, 18], here is '"
              + range.text()
              + "'");
      return 0;
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    int mask = 0;
    for (int hour = first; hour != last; hour = (hour + 1) % 24) {
      mask |= 1 << hour;
    }
    return mask | 1 << last;
  }
}
