package dev.presage.features.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarConditionTest {
  private static final int SATURDAY = 1 << 5;

  @ParameterizedTest
  @CsvSource({
    "2026-03-07T18:00:00Z, true",
    "2026-03-07T18:59:59Z, true",
    "2026-03-07T17:59:59Z, false",
    "2026-03-07T19:00:00Z, false",
    "2026-03-08T18:30:00Z, false",
    "1970-01-03T18:30:00Z, true"
  })
  void shouldHoldInItsHoursOnItsDays(Instant time, boolean holds) {
    assertThat(new CalendarCondition(SATURDAY, 1 << 18, ZoneOffset.UTC).holds(time))
        .isEqualTo(holds);
  }

  @Test
  void shouldGoByTheClocksOfItsZone() {
    CalendarCondition noon =
        new CalendarCondition(CalendarCondition.ALL_WEEKDAYS, 1 << 12, ZoneId.of("Europe/Berlin"));

    assertThat(noon.holds(Instant.parse("2026-01-15T11:30:00Z"))).isTrue();
    assertThat(noon.holds(Instant.parse("2026-07-15T10:30:00Z"))).isTrue();
    assertThat(noon.holds(Instant.parse("2026-07-15T11:30:00Z"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/St_Johns",
        "Asia/Kolkata",
        "Pacific/Apia",
        "Africa/Casablanca"
      })
  void shouldAgreeWithTheCalendarOfTheJdk(String name) {
    ZoneId zone = ZoneId.of(name);
    Random random = new Random(7);
    for (int hour = 0; hour < 24; hour++) {
      CalendarCondition condition =
          new CalendarCondition(CalendarCondition.ALL_WEEKDAYS ^ SATURDAY, 1 << hour, zone);
      for (int i = 0; i < 2_000; i++) {
        Instant time = Instant.ofEpochSecond(random.nextLong(4_102_444_800L));
        ZonedDateTime local = time.atZone(zone);

        assertThat(condition.holds(time))
            .as("%s in %s", time, name)
            .isEqualTo(local.getHour() == hour && local.getDayOfWeek() != DayOfWeek.SATURDAY);
      }
    }
  }

  @Test
  void shouldHaveATextOfAllThatItMeans() {
    CalendarCondition condition = new CalendarCondition(SATURDAY, 1, ZoneOffset.UTC);

    assertThat(condition.canonical())
        .isEqualTo(new CalendarCondition(SATURDAY, 1, ZoneOffset.UTC).canonical())
        .isNotEqualTo(new CalendarCondition(SATURDAY, 2, ZoneOffset.UTC).canonical())
        .isNotEqualTo(new CalendarCondition(1, 1, ZoneOffset.UTC).canonical())
        .isNotEqualTo(new CalendarCondition(SATURDAY, 1, ZoneId.of("Asia/Tokyo")).canonical());
  }

  @Test
  void shouldRefuseAConditionThatNeverHolds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CalendarCondition(0, 1, ZoneOffset.UTC))
        .withMessageContaining("weekdays=0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CalendarCondition(1, 1 << 24, ZoneOffset.UTC));
  }
}
