package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.presage.features.declaration.FeatureDefinition;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureDeclarationsTest {
  private static final String SERIES =
      """
      series:
        orders: {event: order, retention: 90d}
        revenue: {event: order, property: revenue}
      """;

  @Test
  void shouldReadDeclarationsWithTheirDefaults() {
    FeatureDeclarations declarations =
        parse(
            SERIES
                + "features:\n  b: {aggregate: count, series: orders, window: 7d}\n  a: {expression: b + 1}\n");

    assertThat(declarations.entityType()).isEqualTo("customer");
    assertThat(declarations.deduplication()).isEqualTo(Duration.ofHours(24));
    assertThat(declarations.features())
        .extracting(FeatureDefinition::name)
        .containsExactly("a", "b");
    assertThat(declarations.series())
        .extracting(series -> series.name() + " " + series.retention().toDays())
        .containsExactly("orders 90", "revenue 730");
  }

  static Stream<Arguments> problems() {
    String count = "features:\n  f: {aggregate: count, series: orders, window: 7d}\n";
    return Stream.of(
        wrong("", "file.yaml:1:1: the file must be a mapping"),
        wrong("- a\n", "file.yaml:1:1: the file must be a mapping"),
        wrong("{a: b", "not YAML"),
        wrong("a: [", "not YAML"),
        wrong(SERIES, "the file needs the key 'features'"),
        wrong(count, "the file needs the key 'series'"),
        wrong(SERIES + "features: {}\n", "file.yaml:4:11: 'features' is empty"),
        wrong(SERIES + "features: [a]\n", "file.yaml:4:11: 'features' must map names"),
        wrong(SERIES + count + "---\na: b\n", "a second document"),
        wrong(
            SERIES + count + "featurs: {}\n",
            "unknown key 'featurs' in the file; did you mean 'features'?"),
        wrong(
            "deduplication: 1w\n" + SERIES + count,
            "file.yaml:1:16: 'deduplication' of the file must be a duration such as 30m, 12h or 7d"),
        wrong(
            "entity: In Store\n" + SERIES + count,
            "file.yaml:1:9: 'In Store' cannot be the name of an entity type"),
        wrong(
            SERIES + "  Orders: {event: order}\n" + count,
            "file.yaml:4:3: 'Orders' cannot be the name of a series: names have lower-case letters"),
        wrong(
            SERIES + "  orders: {event: visit}\n" + count,
            "file.yaml:4:3: 'orders' stands here for the second time"),
        wrong(
            SERIES + "  more: {evnt: visit}\n" + count,
            "file.yaml:4:10: unknown key 'evnt' in series 'more'; did you mean 'event'?"),
        wrong(SERIES + "  more: {}\n" + count, "series 'more' needs the key 'event'"),
        wrong(
            SERIES + "  more:\n" + count,
            "series 'more' must be a mapping with the keys event, where, property, identifier, weekdays, hours, retention, here is nothing"),
        wrong(
            SERIES + "  more: {event: [a]}\n" + count,
            "'event' of series 'more' must be a text, here is a list"),
        wrong(
            SERIES + "  more: {event: visit, retention: 0d}\n" + count,
            "'retention' of series 'more' must be a duration"),
        wrong(
            SERIES + "  more: {event: visit, retention: 40000d}\n" + count,
            "'retention' of series 'more' must be a duration"),
        wrong(
            SERIES + "  more: {event: visit, where: country}\n" + count,
            "'where' cannot be read: undeclared reference to 'country'"),
        wrong(
            SERIES + "  more: {event: order}\n" + count,
            "series 'more' tracks the same as series 'orders'"),
        wrong(
            SERIES + "features:\n  f: {aggregate: cuont, series: orders, window: 7d}\n",
            "file.yaml:5:18: unknown aggregate 'cuont'; did you mean 'count'?"),
        wrong(
            SERIES + "features:\n  f: {aggregate: count, series: order, window: 7d}\n",
            "file.yaml:5:33: unknown series 'order'; did you mean 'orders'?"),
        wrong(
            SERIES + "features:\n  f: {aggregate: count, series: orders, window: week}\n",
            "file.yaml:5:49: 'window' of feature 'f' must be 'lifetime' or a duration"),
        wrong(
            SERIES + "features:\n  f: {aggregate: count, series: orders, window: 91d}\n",
            "window 91d of feature 'f' is longer than the retention 90d of series 'orders'; give the series 'retention: 91d'"),
        wrong(
            SERIES + "features:\n  f: {aggregate: sum, series: orders, window: 7d}\n",
            "'sum' of feature 'f' needs numbers, but series 'orders' has no 'property'; over it there are count, time_since_first, time_since_last, mean_time_between, sessions"),
        wrong(
            SERIES + "features:\n  f: {aggregate: count, series: orders}\n",
            "file.yaml:5:6: feature 'f' needs the key 'window'"),
        wrong(
            SERIES + "features:\n  f: {windwo: 7d}\n",
            "unknown key 'windwo' in feature 'f'; did you mean 'window'?"),
        wrong(SERIES + "features:\n  f: 7\n", "feature 'f' must be a mapping"),
        wrong(
            SERIES + "features:\n  while: {aggregate: count, series: orders, window: 7d}\n",
            "'while' cannot be the name of a feature: it is a reserved word"),
        wrong(
            SERIES + count + "  g: {expression: f + h}\n",
            "file.yaml:6:19: the expression of feature 'g' cannot be read: unknown name 'h'"),
        wrong(
            SERIES + count + "  g: {expression: f > 1}\n",
            "a number was expected, here is a condition"),
        wrong(
            SERIES + count + "  g: {expression: f, window: 7d}\n",
            "feature 'g' has an expression, so it cannot have the key 'window'"),
        wrong(
            SERIES + count + "  g: {expression: g + 1}\n",
            "file.yaml:6:3: expressions go round in a circle: g → g"),
        wrong(
            SERIES
                + count
                + "  g: {expression: h + f}\n  h: {expression: f + i}\n  i: {expression: g}\n",
            "expressions go round in a circle: g → h → i → g"),
        wrong(
            SERIES + "features:\n  f: &x {aggregate: count, series: orders, window: 7d}\n  g: *x\n",
            "file.yaml:6:6: an alias"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void shouldNameTheProblemAndItsPlace(String yaml, String problem) {
    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(() -> parse(yaml))
        .withMessageContaining(problem);
  }

  @Test
  void shouldNameAllProblemsAtOnceInTheOrderOfTheFile() {
    String yaml =
        """
        series:
          orders: {event: order, retain: 7d}
        features:
          f: {aggregate: summ, series: ordes, window: 7}
          g: {expression: f +}
        """;

    assertThatExceptionOfType(InvalidDeclarationsException.class)
        .isThrownBy(() -> parse(yaml))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.place().line())
                    .containsExactly(2, 4, 4, 4, 5))
        .withMessageStartingWith(
            "file.yaml has 5 problems:\n  file.yaml:2:26: unknown key 'retain'");
  }

  @Test
  void shouldTakeAnExpressionThatReadsAnother() {
    FeatureEngine engine =
        new FeatureEngine(
            parse(
                SERIES
                    + """
                    features:
                      a: {expression: b * 2}
                      b: {expression: c + 1}
                      c: {aggregate: count, series: orders, window: 7d}
                    """));
    double[] vector = new double[3];

    engine.vector(engine.newState(), 0, vector);

    assertThat(vector).containsExactly(2, 1, 0);
  }

  private static Arguments wrong(String yaml, String problem) {
    return Arguments.of(yaml, problem);
  }

  private static FeatureDeclarations parse(String yaml) {
    return FeatureDeclarations.parse(yaml, "file.yaml");
  }
}
