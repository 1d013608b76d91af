package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.presage.features.declaration.CalendarCondition;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.declaration.SeriesDefinition;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys {@code weekdays}, {@code hours} and {@code time_zone}. */
class CalendarDeclarationsTest {
  private static final String SERIES =
      """
      series:
        orders: {event: order, retention: 90d}
        weekend_orders: {event: order, weekdays: [saturday, sunday], retention: 30d}
      features:
      """;
  private static final ZoneId UTC = ZoneId.of("UTC");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          weekdays: friday                     | on friday                     | 16  | 16777215
          weekdays: [wednesday, monday]        | on monday, wednesday          | 5   | 16777215
          hours: 0                             | at 0                          | 127 | 1
          hours: 18-22                         | at 18-22                      | 127 | 8126464
          hours: [1, 2, 3, 23]                 | at 1-3, 23                    | 127 | 8388622
          hours: [0-1, 5]                      | at 0-1, 5                     | 127 | 35
          hours: 23-1                          | at 0-1, 23                    | 127 | 8388611
          hours: 09                            | at 9                          | 127 | 512
          'weekdays: sunday, hours: [18, 19]'  | on sunday at 18-19            | 64  | 786432
          """)
  void shouldDeriveASeries(String keys, String suffix, int weekdays, int hours) {
    SeriesDefinition series = over("orders", keys);

    assertThat(series.name()).isEqualTo("orders " + suffix);
    assertThat(series.calendar()).isEqualTo(new CalendarCondition(weekdays, hours, UTC));
    assertThat(series.retention().toDays()).isEqualTo(90);
  }

  @Test
  void shouldListTheDerivedSeriesOnce() {
    FeatureDeclarations declarations =
        parse(
            """
              f: {aggregate: count, series: orders, window: 7d, hours: 7-8}
              g: {aggregate: time_since_last, series: orders, window: lifetime, hours: [8, 7]}
            """);

    assertThat(declarations.series())
        .extracting(SeriesDefinition::name)
        .containsExactly("orders", "orders at 7-8", "weekend_orders");
  }

  @Test
  void shouldTakeTheDeclaredSeriesThatCountsTheSame() {
    assertThat(over("orders", "weekdays: [sunday, saturday]").name()).isEqualTo("weekend_orders");
  }

  @Test
  void shouldTakeTheSeriesItselfWhereNothingIsLeftOut() {
    assertThat(
            over(
                    "orders",
                    "hours: 0-23, weekdays: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]")
                .name())
        .isEqualTo("orders");
  }

  @Test
  void shouldCountWhereTheCalendarsOfFeatureAndSeriesBothHold() {
    SeriesDefinition series = over("weekend_orders", "weekdays: [friday, saturday], hours: 9");

    assertThat(series.calendar()).isEqualTo(new CalendarCondition(1 << 5, 1 << 9, UTC));
    assertThat(series.name()).isEqualTo("weekend_orders on saturday at 9");
  }

  @Test
  void shouldReadTheTimeZone() {
    FeatureDeclarations declarations =
        FeatureDeclarations.parse("time_zone: Europe/Berlin\n" + SERIES + hours("7"), "file.yaml");

    assertThat(((Aggregated) declarations.features().getFirst()).series().calendar())
        .isEqualTo(
            new CalendarCondition(
                CalendarCondition.ALL_WEEKDAYS, 1 << 7, ZoneId.of("Europe/Berlin")));
  }

  @Test
  void shouldHaveTheSameFingerprintForADeclaredAndADerivedSeries() {
    assertThat(fingerprint("  f: {aggregate: count, series: weekend_orders, window: 7d}\n"))
        .isEqualTo(
            fingerprint(
                "  f: {aggregate: count, series: orders, window: 7d, weekdays: [saturday, sunday]}\n"));
  }

  @Test
  void shouldHaveAnotherFingerprintForAnotherCalendar() {
    assertThat(fingerprint(hours("7")))
        .isNotEqualTo(fingerprint(hours("8")))
        .isNotEqualTo(fingerprint("  f: {aggregate: count, series: orders, window: 7d}\n"))
        .isNotEqualTo(
            FeatureDeclarations.parse("time_zone: Asia/Tokyo\n" + SERIES + hours("7"), "file.yaml")
                .schema()
                .fingerprint())
        .isEqualTo(
            FeatureDeclarations.parse("time_zone: UTC\n" + SERIES + hours("7"), "file.yaml")
                .schema()
                .fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          orders, weekdays: Saturday            | 5:63: unknown weekday 'Saturday'; did you mean 'saturday'?
          orders, weekdays: [sat]               | unknown weekday 'sat'; there are 'friday', 'monday'
          orders, weekdays: []                  | 'weekdays' of feature 'f' must be a day, or a list of days, here is an empty list
          orders, weekdays: [[sunday]]          | 'weekdays' of feature 'f' must be a day, or a list of days, here is a list
          orders, weekdays: {sunday: 1}         | 'weekdays' of feature 'f' must be a day, or a list of days, here is a mapping
          orders, hours: 24                     | 'hours' of feature 'f' must be hours from 0 to 23, such as 18-22 or [9, 18], here is '24'
          orders, hours: [9, noon]              | 5:64: 'hours' of feature 'f' must be hours from 0 to 23, such as 18-22 or [9, 18], here is 'noon'
          orders, hours: {}                     | 'hours' of feature 'f' must be hours, or a list of hours, here is a mapping
          weekend_orders, weekdays: friday      | 5:71: feature 'f' never counts: the series counts only on saturday, sunday
          weekend_orders, window: 31d, hours: 7 | window 31d of feature 'f' is longer than the retention 30d of series 'weekend_orders'; give the series 'retention: 31d'
          """)
  void shouldNameTheProblemAndItsPlace(String feature, String problem) {
    String window = feature.contains("window") ? "" : ", window: 7d";
    int keys = feature.indexOf(',');
    String yaml =
        "  f: {aggregate: count, series: "
            + feature.substring(0, keys)
            + window
            + feature.substring(keys)
            + "}\n";

    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(() -> parse(yaml))
        .withMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Europe/Berln       | file.yaml:1:12: unknown time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?
          Middle-earth/Shire | file.yaml:1:12: unknown time zone 'Middle-earth/Shire'; write an IANA name: Europe/Berlin, say
          """)
  void shouldNameAnUnknownTimeZone(String zone, String problem) {
    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(
            () ->
                FeatureDeclarations.parse(
                    "time_zone: " + zone + "\n" + SERIES + hours("7"), "file.yaml"))
        .withMessageContaining(problem);
  }

  @Test
  void shouldCountDerivedSeriesAgainstTheLimitOfTheirEventType() {
    StringBuilder features = new StringBuilder();
    for (int i = 0; i < 62; i++) {
      features.append(
          "  f%d: {aggregate: count, series: orders, window: 7d, hours: [%d, %d]}\n"
              .formatted(i, i % 8, 8 + i / 8));
    }
    String oneMore = "  g: {aggregate: count, series: orders, window: 7d, hours: 23}\n";

    assertThat(parse(features.toString()).series()).hasSize(64);
    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(() -> parse(features + oneMore))
        .withMessageContaining("file.yaml:67:")
        .withMessageContaining("more than 64 series over the event type 'order'");
  }

  private static String hours(String hours) {
    return "  f: {aggregate: count, series: orders, window: 7d, hours: " + hours + "}\n";
  }

  private static SeriesDefinition over(String series, String keys) {
    FeatureDeclarations declarations =
        parse("  f: {aggregate: count, series: " + series + ", window: 7d, " + keys + "}\n");
    return ((Aggregated) declarations.features().getFirst()).series();
  }

  private static String fingerprint(String features) {
    return parse(features).schema().fingerprint();
  }

  private static FeatureDeclarations parse(String features) {
    return FeatureDeclarations.parse(SERIES + features, "file.yaml");
  }
}
