package dev.presage.local.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFormatTest {

  @ParameterizedTest
  @CsvSource({
    "2011-09-01,                      2011-09-01T00:00:00Z",
    "2011-09-01T08:30,                2011-09-01T08:30:00Z",
    "2011-09-01T08:30:15,             2011-09-01T08:30:15Z",
    "2011-09-01T08:30:15Z,            2011-09-01T08:30:15Z",
    "2011-09-01T08:30:15.250Z,        2011-09-01T08:30:15.250Z",
    "2011-09-01T08:30:15+02:00,       2011-09-01T06:30:15Z"
  })
  void shouldReadIso8601AsUtcUnlessItNamesAnOffset(String text, String expected) {
    assertThat(TimeFormat.iso().parse(text)).isEqualTo(Instant.parse(expected));
  }

  @Test
  void shouldReadTimeSince1970() {
    assertThat(TimeFormat.of("epoch-millis", ZoneOffset.UTC).parse("1500"))
        .isEqualTo(Instant.ofEpochMilli(1500));
    assertThat(TimeFormat.of("epoch-seconds", ZoneOffset.UTC).parse("15"))
        .isEqualTo(Instant.ofEpochSecond(15));
  }

  @Test
  void shouldReadAPatternInItsZone() {
    TimeFormat format = TimeFormat.of("dd/MM/yyyy HH:mm", ZoneId.of("Europe/London"));

    assertThat(format.parse("01/09/2011 08:30")).isEqualTo(Instant.parse("2011-09-01T07:30:00Z"));
  }

  @Test
  void shouldRefuseWhatIsNotATime() {
    assertThatThrownBy(() -> TimeFormat.iso().parse("yesterday"))
        .isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> TimeFormat.iso().parse("2011-02-30"))
        .isInstanceOf(DateTimeException.class);
    assertThatThrownBy(
            () ->
                TimeFormat.of("epoch-seconds", ZoneOffset.UTC).parse(Long.toString(Long.MAX_VALUE)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> TimeFormat.of("dd/MM/yyyy", ZoneOffset.UTC).parse("30/02/2011"))
        .isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> TimeFormat.of("b{}", ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
