package dev.presage.features.declaration;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A condition on when an event happens: on which days of the week, in which hours of the day, by
 * the clocks of a time zone. Immutable.
 */
public final class CalendarCondition {
  /** The days where they are not restricted. */
  public static final int ALL_WEEKDAYS = (1 << 7) - 1;

  /** The hours where they are not restricted. */
  public static final int ALL_HOURS = (1 << 24) - 1;

  private static final int SECONDS_IN_HOUR = 3_600;
  private static final int SECONDS_IN_DAY = 86_400;
  private static final int WEEKDAY_OF_DAY_0 = DayOfWeek.THURSDAY.getValue() - 1;

  private final int weekdays;
  private final int hours;
  private final ZoneId zone;
  private final ZoneOffsets offsets;

  /**
   * @param weekdays a bit for each day, bit 0 is Monday
   * @param hours a bit for each hour, bit 0 is from 0:00 to 0:59
   * @throws IllegalArgumentException where there is no day, no hour, or a bit beyond them
   */
  public CalendarCondition(int weekdays, int hours, ZoneId zone) {
    if (weekdays <= 0 || weekdays > ALL_WEEKDAYS || hours <= 0 || hours > ALL_HOURS) {
      throw new IllegalArgumentException(
          "weekdays=" + weekdays + " must be from 1 to 127, hours=" + hours + " from 1 to 2^24-1");
    }
    this.weekdays = weekdays;
    this.hours = hours;
    this.zone = zone;
    this.offsets = new ZoneOffsets(zone);
  }

  /** Returns a bit for each day, bit 0 is Monday. */
  public int weekdays() {
    return weekdays;
  }

  /** Returns a bit for each hour, bit 0 is from 0:00 to 0:59. */
  public int hours() {
    return hours;
  }

  /** Returns the time zone by whose clocks days and hours are meant. */
  public ZoneId zone() {
    return zone;
  }

  /**
   * Says, without garbage, whether a time from 1970 to 2099 is in one of the hours on one of the
   * days.
   */
  public boolean holds(Instant time) {
    long local = time.getEpochSecond() + offsets.secondsAt(time.getEpochSecond());
    int weekday = (int) Math.floorMod(Math.floorDiv(local, SECONDS_IN_DAY) + WEEKDAY_OF_DAY_0, 7L);
    int hour = Math.floorMod(local, SECONDS_IN_DAY) / SECONDS_IN_HOUR;
    return (weekdays >> weekday & hours >> hour & 1) != 0;
  }

  /** Returns a text that is equal for equal conditions. */
  public String canonical() {
    return new Canonical()
        .add(Integer.toString(weekdays))
        .add(Integer.toString(hours))
        .add(zone.getId())
        .text();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CalendarCondition that
        && weekdays == that.weekdays
        && hours == that.hours
        && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(weekdays, hours, zone);
  }

  /** Returns it as in names of series: {@code on saturday, sunday at 18-22}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (weekdays != ALL_WEEKDAYS) {
      parts.add("on " + String.join(", ", names(weekdays)));
    }
    if (hours != ALL_HOURS) {
      parts.add("at " + String.join(", ", ranges(hours)));
    }
    return String.join(" ", parts);
  }

  private static List<String> names(int weekdays) {
    List<String> names = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      if ((weekdays >> (day.getValue() - 1) & 1) != 0) {
        names.add(day.name().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static List<String> ranges(int hours) {
    List<String> ranges = new ArrayList<>();
    for (int first = 0; first < 24; first++) {
      int length = Integer.numberOfTrailingZeros(~(hours >> first));
      if (length > 0) {
        int last = first + length - 1;
        ranges.add(length == 1 ? Integer.toString(first) : first + "-" + last);
        first = last;
      }
    }
    return ranges;
  }
}
