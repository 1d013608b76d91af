package dev.presage.features.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.presage.schemas.avro.Event;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventConditionTest {
  private static final Event EVENT =
      Event.newBuilder()
          .setType("order")
          .setProperties(Map.of("country", "France", "revenue", 10.5, "quantity", 3L, "gift", true))
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "properties.country == \"France\"",
        "properties['country'] in ['France', 'Spain']",
        "properties.revenue > 10",
        "properties.quantity >= 2.5",
        "properties.quantity == 3",
        "properties.gift",
        "has(properties.country) && !has(properties.city)",
        "properties.country.startsWith('F')",
        "properties.nothing == 1 || properties.gift",
        "'country' in properties",
      })
  void shouldHold(String cel) {
    assertThat(EventCondition.compile(cel).test(EVENT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false",
        "properties.country == 'Spain'",
        "properties.nothing == 'x'",
        "properties.country > 5",
        "properties.country",
        "properties.nothing",
      })
  void shouldBeFalseWhereItDoesNotHoldOrCannotBeEvaluated(String cel) {
    assertThat(EventCondition.compile(cel).test(EVENT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          country == "France"                  | undeclared reference to 'country'
          1 + 1                                | a condition was expected, here is a int
          properties.country ==                | column
          properties.all(p, p == 1)            | column
          """)
  void shouldRefuseAndSayWhy(String cel, String message) {
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> EventCondition.compile(cel))
        .withMessageContaining(message);
  }

  @Test
  void shouldHaveOneCanonicalTextForAllSpacings() {
    assertThat(EventCondition.compile("properties.a==\"x\"").canonical())
        .isEqualTo(EventCondition.compile("( properties.a == 'x' )").canonical())
        .isNotEqualTo(EventCondition.compile("properties.a == 'y'").canonical());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "double(properties.quantity) * properties.revenue > 30.0",
        "uint(properties.quantity) == 3u",
        "properties.country.matches(properties.country)",
        "[properties.quantity, 4] == [3, 4]",
        "type(properties.gift) == bool",
      })
  void shouldLeaveToTheCelRuntimeWhatIsNotCompiled(String cel) {
    EventCondition condition = EventCondition.compile(cel);

    assertThat(condition.isCompiled()).isFalse();
    assertThat(condition.test(EVENT)).isTrue();
  }

  @Test
  void shouldAskTheCelRuntimeWhereAnEventHasValuesThatNoTopicCarries() {
    Event event = Event.newBuilder().setType("order").setProperties(Map.of("n", 3)).build();

    assertThat(EventCondition.compile("properties.n == 3").test(event)).isTrue();
    assertThat(EventCondition.compile("properties.n > 2").test(event)).isFalse();
  }
}
