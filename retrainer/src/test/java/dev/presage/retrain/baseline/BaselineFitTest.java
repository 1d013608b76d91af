package dev.presage.retrain.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.retrain.rows.RowsOf;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineFitTest {
  private static final List<String> FEATURES = List.of("noise", "recency", "constant");

  @Test
  void shouldTakeTheFeatureThatRanksBestInEitherDirection() {
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < 100; i++) {
      rows.moment(i, i % 10 < 4, i % 7, i % 10, 1);
    }

    SingleFeature baseline = BaselineFit.fit(FEATURES, rows.rows()).orElseThrow();

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

    SingleFeature baseline = BaselineFit.fit(FEATURES, rows.rows()).orElseThrow();

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

    SingleFeature baseline = BaselineFit.fit(FEATURES, List.of(1, 2), rows.rows()).orElseThrow();

    assertThat(baseline.index()).isPositive();
    assertThat(baseline.name()).isEqualTo(FEATURES.get(baseline.index()));
  }

  @Test
  void shouldHaveARateForEverybody() {
    RowsOf rows = new RowsOf(1);
    for (int i = 0; i < 100; i++) {
      rows.moment(i, i % 50 == 0, i);
    }

    assertThat(ConstantRate.of(rows.rows()).predict(rows.rows())).containsOnly(0.02).hasSize(100);
    assertThat(ConstantRate.of(rows.rows().withFewerNegatives(3)).rate())
        .as("weighted")
        .isCloseTo(0.02, within(1e-9));
  }

  @Test
  void shouldFindNothingWhereNoFeatureTellsRowsApart() {
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < 10; i++) {
      rows.moment(i, i % 2 == 0, 1, Double.NaN, 1);
    }

    assertThat(BaselineFit.fit(FEATURES, rows.rows())).isEmpty();
  }
}
