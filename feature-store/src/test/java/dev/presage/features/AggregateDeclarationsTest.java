package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.presage.features.declaration.Aggregate;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.declaration.FeatureDefinition.Parameters;
import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.declaration.SeriesDefinition.Kind;
import java.time.Duration;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series of identifiers and of every event type, and aggregates with parameters. */
class AggregateDeclarationsTest {
  private static final String SERIES =
      """
      series:
        orders: {event: order, retention: 90d}
        revenue: {event: order, property: revenue, retention: 90d}
        products: {event: view, identifier: product_id}
        everything: {event: "*"}
      features:
      """;

  @Test
  void shouldReadWhatIsTracked() {
    assertThat(parse("f: {aggregate: count, series: orders, window: 7d}").series())
        .extracting(SeriesDefinition::name, SeriesDefinition::kind, SeriesDefinition::property)
        .containsExactly(
            row("everything", Kind.TIMES, null),
            row("orders", Kind.TIMES, null),
            row("products", Kind.IDENTIFIERS, "product_id"),
            row("revenue", Kind.NUMBERS, "revenue"));
  }

  @Test
  void shouldReadASeriesOfEveryEventType() {
    assertThat(parse("f: {aggregate: count, series: everything, window: 7d}").series().getFirst())
        .extracting(SeriesDefinition::eventType)
        .isEqualTo(SeriesDefinition.ANY_EVENT_TYPE);
  }

  @Test
  void shouldTellIdentifiersFromNumbersOfTheSameProperty() {
    FeatureDeclarations declarations =
        FeatureDeclarations.parse(
            """
            series:
              numbers: {event: order, property: x}
              identifiers: {event: order, identifier: x}
            features:
              f: {aggregate: count, series: numbers, window: 7d}
            """,
            "file.yaml");

    assertThat(declarations.series())
        .extracting(SeriesDefinition::stateId)
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          distinct, series: products, window: 30d                        | DISTINCT
          sessions, series: everything, window: 30d, gap: 30m            | SESSIONS
          mean_session_length, series: orders, window: lifetime, gap: 2h | MEAN_SESSION_LENGTH
          mean_session_events, series: orders, window: 30d, gap: 1d      | MEAN_SESSION_EVENTS
          decayed_count, series: products, half_life: 7d                 | DECAYED_COUNT
          decayed_sum, series: revenue, half_life: 7d                    | DECAYED_SUM
          share, series: orders, window: 30d, of: everything             | SHARE
          trend, series: orders, window: 45d                             | TREND
          sum_trend, series: revenue, window: 45d                        | SUM_TREND
          last, series: revenue, window: lifetime, k: 16                 | LAST
          time_since_last, series: orders, window: lifetime, k: 1        | TIME_SINCE_LAST
          """)
  void shouldReadAnAggregate(String feature, Aggregate aggregate) {
    assertThat(aggregated("f: {aggregate: " + feature + "}").aggregate()).isEqualTo(aggregate);
  }

  @Test
  void shouldReadParameters() {
    assertThat(
            aggregated("f: {aggregate: sessions, series: orders, window: 7d, gap: 30m}")
                .parameters())
        .isEqualTo(new Parameters(null, Duration.ofMinutes(30).toMillis(), 0, 1));
    assertThat(
            aggregated("f: {aggregate: decayed_sum, series: revenue, half_life: 7d}").parameters())
        .isEqualTo(new Parameters(null, 0, Duration.ofDays(7).toMillis(), 1));
    assertThat(
            aggregated("f: {aggregate: last, series: revenue, window: 7d, k: 3}").parameters().k())
        .isEqualTo(3);
    SeriesDefinition of =
        aggregated("f: {aggregate: share, series: orders, window: 7d, of: everything}")
            .parameters()
            .of();
    assertThat(of).extracting(SeriesDefinition::name).isEqualTo("everything");
    assertThat(aggregated("f: {aggregate: count, series: orders, window: 7d}").parameters())
        .isEqualTo(Parameters.NONE);
  }

  @Test
  void shouldDecayOverAllTime() {
    assertThat(
            aggregated("f: {aggregate: decayed_count, series: orders, half_life: 7d}")
                .windowMillis())
        .isEqualTo(Aggregated.LIFETIME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sessions, series: orders, window: 7d, gap: 30m    | gap: 30m       | gap: 31m
          decayed_sum, series: revenue, half_life: 7d       | half_life: 7d  | half_life: 8d
          last, series: revenue, window: 7d, k: 2           | k: 2           | k: 3
          last, series: revenue, window: 7d, k: 2           | , k: 2         | ''
          share, series: orders, window: 7d, of: everything | of: everything | of: products
          """)
  void shouldHaveAnotherFingerprintForAnotherParameter(String feature, String old, String changed) {
    assertThat(feature).contains(old);
    assertThat(fingerprint(feature.replace(old, changed))).isNotEqualTo(fingerprint(feature));
  }

  @Test
  void shouldHaveTheSameFingerprintForADefaultThatIsWrittenOut() {
    assertThat(fingerprint("last, series: revenue, window: 7d, k: 1"))
        .isEqualTo(fingerprint("last, series: revenue, window: 7d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          distinct, series: orders, window: 7d                     | 7:18: 'distinct' of feature 'f' needs identifiers, but series 'orders' has no 'identifier'; over it there are count, time_since_first
          distinct, series: revenue, window: 7d                    | needs identifiers, but series 'revenue' has no 'identifier'; over it there are count, sum, mean
          sum, series: products, window: 7d                        | needs numbers, but series 'products' has no 'property'; over it there are count, time_since_first, time_since_last, mean_time_between, distinct, sessions
          sum_trend, series: orders, window: 7d                    | needs numbers, but series 'orders' has no 'property'
          distnct, series: products, window: 7d                    | unknown aggregate 'distnct'; did you mean 'distinct'?
          sessions, series: orders, window: 7d                     | 7:6: 'sessions' of feature 'f' needs the key 'gap': a session ends where
          decayed_count, series: orders                            | 'decayed_count' of feature 'f' needs the key 'half_life': the duration after which
          share, series: orders, window: 7d                        | 'share' of feature 'f' needs the key 'of': the series
          sessions, series: orders, window: 7d, gap: soon          | 'gap' of feature 'f' must be a duration such as 30m, 12h or 7d, from 1m to 36500d, here is 'soon'
          decayed_count, series: orders, half_life: 0d             | 'half_life' of feature 'f' must be a duration
          count, series: orders, window: 7d, gap: 30m              | 7:58: 'count' of feature 'f' takes no 'gap'; it is for sessions, mean_session_length, mean_session_events
          count, series: orders, window: 7d, k: 2                  | 'count' of feature 'f' takes no 'k'; it is for last, time_since_last
          count, series: orders, window: 7d, of: revenue           | 'count' of feature 'f' takes no 'of'; it is for share
          sum, series: revenue, window: 7d, half_life: 7d          | 'sum' of feature 'f' takes no 'half_life'; it is for decayed_count, decayed_sum
          decayed_count, series: orders, half_life: 7d, window: 7d | 7:72: 'decayed_count' of feature 'f' is over all time; leave out 'window'
          last, series: revenue, window: 7d, k: 0                  | 'k' of feature 'f' must be a whole number from 1 to 16, here is '0'
          last, series: revenue, window: 7d, k: 17                 | 'k' of feature 'f' must be a whole number from 1 to 16, here is '17'
          last, series: revenue, window: 7d, k: two                | 'k' of feature 'f' must be a whole number from 1 to 16, here is 'two'
          share, series: orders, window: 7d, of: order             | 7:57: unknown series 'order'; did you mean 'orders'?
          share, series: everything, window: 120d, of: orders      | window 120d of feature 'f' is longer than the retention 90d of series 'orders'; give the series 'retention: 120d'
          trend, series: orders, window: lifetime                  | 'trend' of feature 'f' looks at the window before, too, so 'window' must be a duration such as 30m, 12h or 7d, from 1m to 36500d, here is 'lifetime'
          trend, series: orders, window: 46d                       | 7:49: 'trend' of feature 'f' looks back twice its window, 92d, which is longer than the retention 90d of series 'orders'; give the series 'retention: 92d'
          sum_trend, series: revenue, window: 60d                  | give the series 'retention: 120d'
          trend, series: orders, window: 20000d                    | 40000d, which is longer than the retention 90d of series 'orders'; the longest window is 18250d
          trend, series: orders                                    | feature 'f' needs the key 'window'
          """)
  void shouldNameTheProblemAndItsPlace(String feature, String problem) {
    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(() -> parse("f: {aggregate: " + feature + "}"))
        .withMessageContaining(problem);
  }

  @Test
  void shouldNotAskForTheWindowOfAnAggregateThatItDoesNotKnow() {
    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(() -> parse("f: {aggregate: decayed_cuont, series: orders, half_life: 7d}"))
        .satisfies(e -> assertThat(e.problems()).hasSize(1));
  }

  @ParameterizedTest
  @CsvSource({"of: orders", "gap: 30m", "half_life: 7d", "k: 2", "weekdays: sunday", "hours: 7"})
  void shouldRefuseAnExpressionWithAKeyOfAggregates(String key) {
    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(() -> parse("f: {expression: 1 + 1, " + key + "}"))
        .withMessageContaining("feature 'f' has an expression, so it cannot have the key '");
  }

  @Test
  void shouldRefuseASeriesOfNumbersAndIdentifiers() {
    String both = "series:\n  s: {event: e, property: p, identifier: i}\n";

    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(
            () ->
                FeatureDeclarations.parse(
                    both + "features:\n  f: {aggregate: count, series: s, window: 7d}\n", "f.yaml"))
        .withMessageContaining(
            "f.yaml:2:42: series 's' has both 'property' and 'identifier'; declare two series");
  }

  @Test
  void shouldCountSeriesOfEveryEventTypeAgainstTheLimitOfEach() {
    StringBuilder yaml = new StringBuilder("series:\n  any: {event: '*'}\n");
    for (int i = 0; i < 63; i++) {
      yaml.append("  s").append(i).append(": {event: e, property: p").append(i).append("}\n");
    }
    String features = "features:\n  f: {aggregate: count, series: any, window: 7d}\n";

    assertThat(FeatureDeclarations.parse(yaml + features, "f.yaml").series()).hasSize(64);
    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(
            () ->
                FeatureDeclarations.parse(
                    yaml + "  more: {event: e, property: more}\n" + features, "f.yaml"))
        .withMessageContaining("more than 64 series over the event type 'e'");
  }

  private static Tuple row(String name, Kind kind, @Nullable String property) {
    return Tuple.tuple(name, kind, property);
  }

  private static String fingerprint(String feature) {
    return parse("f: {aggregate: " + feature + "}").schema().fingerprint();
  }

  private static Aggregated aggregated(String feature) {
    return (Aggregated) parse(feature).features().getFirst();
  }

  private static FeatureDeclarations parse(String feature) {
    return FeatureDeclarations.parse(SERIES + "  " + feature + "\n", "file.yaml");
  }
}
