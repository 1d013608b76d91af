package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSchemaTest {
  private static final String YAML =
      """
      entity: customer
      series:
        orders:
          event: order
          where: properties.country == "France" && properties.gift
        revenue: {event: order, property: revenue}
      features:
        orders_7d: {aggregate: count, series: orders, window: 7d}
        revenue_30d: {aggregate: sum, series: revenue, window: 30d}
        ratio:
          expression: revenue_30d / orders_7d
      """;

  @Test
  void shouldBeTheSameForAnotherSpellingOfTheSame() {
    String respelled =
        """
        # What we know of customers.
        features:
          ratio: {expression: "( revenue_30d/orders_7d )"}
          revenue_30d:
            window: 720h      # a month
            aggregate: sum
            series: money
          orders_7d: {series: o, window: 168h, aggregate: count}
        series:
          money: {property: revenue, event: order, retention: 365d}
          unused: {event: visit}
          o: {where: "properties.country=='France'&&(properties.gift)", event: order}
        deduplication: 1h
        """;

    assertThat(schema(respelled)).isEqualTo(schema(YAML));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          window: 7d             | window: 8d
          window: 7d             | window: lifetime
          aggregate: sum         | aggregate: mean
          event: order           | event: orders
          "France"               | "Spain"
          property: revenue      | property: amount
          entity: customer       | entity: item
          / orders_7d            | / (orders_7d + 1)
          ratio                  | quotient
          series: orders         | series: revenue
          """)
  void shouldBeAnotherForAnotherMeaning(String old, String changed) {
    assertThat(YAML).contains(old);
    assertThat(schema(YAML.replace(old, changed)).fingerprint())
        .isNotEqualTo(schema(YAML).fingerprint());
  }

  @Test
  void shouldNotChangeFromReleaseToRelease() {
    assertThat(schema(YAML))
        .isEqualTo(
            new FeatureSchema(
                List.of("orders_7d", "ratio", "revenue_30d"),
                "d64cfc4a47c9bbab79619cd735ddf8872e16b3d1d6f4b5ca672b9f4cc32cf493"));
  }

  @Test
  void shouldRefuseWhatIsNoFingerprint() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FeatureSchema(List.of("a"), "ABC"))
        .withMessageContaining("'ABC'");
  }

  private static FeatureSchema schema(String yaml) {
    return FeatureDeclarations.parse(yaml, "file.yaml").schema();
  }
}
