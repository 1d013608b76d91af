package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.presage.features.declaration.Tracking;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code track}. */
class TrackingDeclarationsTest {
  private static final String REST =
      """

      series:
        orders: {event: order}
        revenue: {event: order, property: revenue}
        refunds: {event: refund, property: revenue}
        products: {event: order, identifier: product_id}
      features:
        f: {aggregate: count, series: orders, window: 7d}
      """;

  @Test
  void shouldTrackOnlyTheSeriesUnlessToldTo() {
    assertThat(parse(REST).tracking()).isEmpty();
  }

  @Test
  void shouldTrackAllWithTheNumericPropertiesOfTheSeries() {
    assertThat(parse("track: all" + REST).tracking())
        .contains(new Tracking(List.of("revenue"), 32));
  }

  @Test
  void shouldTrackFurtherPropertiesUpToALimit() {
    assertThat(
            parse("track: {events: all, properties: [tax, quantity, revenue], at_most: 500}" + REST)
                .tracking())
        .contains(new Tracking(List.of("quantity", "revenue", "tax"), 500));
    assertThat(parse("track: {properties: quantity}" + REST).tracking())
        .contains(new Tracking(List.of("quantity", "revenue"), 32));
  }

  @Test
  void shouldNeedNoSeriesWhereNoFeatureReadsOne() {
    String yaml = "track: all\nfeatures:\n  one: {expression: 0 + 1}\n";

    assertThat(parse(yaml).series()).isEmpty();
    assertThat(parse(yaml).tracking()).contains(new Tracking(List.of(), 32));
  }

  @Test
  void shouldNotBelongToTheFingerprint() {
    assertThat(parse("track: all" + REST).schema()).isEqualTo(parse(REST).schema());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          track: some                | file.yaml:1:8: 'track' must be 'all' or a mapping with the keys events, properties, at_most, here is 'some'
          track: [all]               | 'track' must be 'all' or a mapping with the keys events, properties, at_most, here is a list
          track: {event: all}        | unknown key 'event' in 'track'; did you mean 'events'?
          track: {events: visit}     | 'events' of 'track' must be 'all', here is 'visit'; a single event type is tracked by a series
          track: {at_most: 0}        | 'at_most' of 'track' must be a whole number from 1 to 500, here is '0'
          track: {at_most: 501}      | 'at_most' of 'track' must be a whole number from 1 to 500, here is '501'
          track: {properties: {a: b}} | 'properties' of 'track' must be the name of a property, or a list of names, here is a mapping
          """)
  void shouldNameTheProblemAndItsPlace(String track, String problem) {
    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(() -> parse(track + REST))
        .withMessageContaining(problem);
  }

  @Test
  void shouldAskForTheSeriesThatAFeatureReads() {
    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(
            () -> parse("track: all\nfeatures:\n  f: {aggregate: count, series: a, window: 7d}\n"))
        .withMessageContaining("unknown series 'a'; declare it under 'series'");
  }

  private static FeatureDeclarations parse(String yaml) {
    return FeatureDeclarations.parse(yaml, "file.yaml");
  }
}
