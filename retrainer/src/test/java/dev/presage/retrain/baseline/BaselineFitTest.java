package dev.presage.retrain.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.retrain.rows.RowsOf;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BaselineFitTest {
  private static final List<String> FEATURES = List.of("noise", "recency", "constant");
  private static final List<Integer> ALL = List.of(0, 1, 2);

  @Test
  void shouldTakeTheFeatureThatRanksBestInEitherDirection() {
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < 100; i++) {
      rows.moment(i, i % 10 < 4, i % 7, i % 10, 1);
    }

    SingleFeature baseline =
        BaselineFit.fit(Scale.PROBABILITY, FEATURES, ALL, rows.rows()).orElseThrow();

    assertThat(baseline.name()).isEqualTo("recency");
    assertThat(baseline.slope()).isNegative();
    assertThat(baseline.predict(0)).isGreaterThan(baseline.predict(9));
  }

  @Test
  void shouldPutTheMissingAtTheEndWhereTheyRankBest() {
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < 100; i++) {
      boolean never = i % 2 == 0;
      rows.moment(i, !never, 0, never ? Double.NaN : i % 10, 1);
    }

    SingleFeature baseline =
        BaselineFit.fit(Scale.PROBABILITY, FEATURES, ALL, rows.rows()).orElseThrow();

    assertThat(baseline.name()).isEqualTo("recency");
    assertThat(baseline.missing()).isIn(1.0, 9.0);
    assertThat(baseline.predict(Double.NaN)).isLessThan(baseline.predict(5));
  }

  @Test
  void shouldTakeTheBestOfThoseThatMayBeTaken() {
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < 100; i++) {
      rows.moment(i, i % 10 < 4, i % 10, i % 10 == 0 ? 1 : i % 7, i % 5);
    }

    SingleFeature baseline =
        BaselineFit.fit(Scale.PROBABILITY, FEATURES, List.of(1, 2), rows.rows()).orElseThrow();

    assertThat(baseline.index()).isPositive();
    assertThat(baseline.name()).isEqualTo(FEATURES.get(baseline.index()));
  }

  @Test
  void shouldHaveARateForEverybody() {
    RowsOf rows = new RowsOf(1);
    for (int i = 0; i < 100; i++) {
      rows.moment(i, i % 50 == 0, i);
    }

    assertThat(ConstantRate.of(Scale.PROBABILITY, rows.rows()).predict(rows.rows()))
        .containsOnly(0.02)
        .hasSize(100);
    assertThat(ConstantRate.of(Scale.PROBABILITY, rows.rows().withFewerNegatives(3)).rate())
        .as("weighted")
        .isCloseTo(0.02, within(1e-9));
  }

  @Test
  void shouldFindNothingWhereNoFeatureTellsRowsApart() {
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < 10; i++) {
      rows.moment(i, i % 2 == 0, 1, Double.NaN, 1);
    }

    assertThat(BaselineFit.fit(Scale.PROBABILITY, FEATURES, ALL, rows.rows())).isEmpty();
  }

  /**
   * Amounts grow as the square root of the feature; the sum of what is foretold comes out right.
   */
  @Test
  void shouldScaleTheFeatureThatOrdersAmountsBestToAmounts() {
    Random random = new Random(3);
    RowsOf rows = new RowsOf(3);
    double sum = 0;
    for (int i = 0; i < 2_000; i++) {
      double spent = Math.exp(8 * random.nextDouble());
      double amount = random.nextInt(4) == 0 ? 40 * Math.sqrt(1 + spent) : 0;
      rows.amount(i, amount, random.nextDouble(), spent, 1);
      sum += amount;
    }

    SingleFeature baseline =
        BaselineFit.fit(Scale.AMOUNT, FEATURES, ALL, rows.rows()).orElseThrow();

    assertThat(baseline.name()).isEqualTo("recency");
    assertThat(baseline.slope()).isCloseTo(0.5, within(0.1));
    assertThat(baseline.predict(99)).isCloseTo(10 * Math.sqrt(100), within(20.0));
    assertThat(baseline.predict(-50)).as("never below 0").isPositive();
    assertThat(Arrays.stream(baseline.predict(rows.rows())).sum() / sum).isCloseTo(1, within(0.05));
  }

  @Test
  void shouldHaveAMeanForEverybodyThatTakesLessThanNothingForNothing() {
    RowsOf rows = new RowsOf(1);
    rows.amount(1, 30, 0).amount(2, -40, 0).amount(3, 0, 0);

    assertThat(ConstantRate.of(Scale.AMOUNT, rows.rows()).rate()).isCloseTo(10, within(1e-9));
  }
}
