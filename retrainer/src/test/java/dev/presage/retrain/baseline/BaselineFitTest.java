package dev.presage.retrain.baseline;

import static org.assertj.core.api.Assertions.assertThat;

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
  void shouldFindNothingWhereNoFeatureTellsRowsApart() {
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < 10; i++) {
      rows.moment(i, i % 2 == 0, 1, Double.NaN, 1);
    }

    assertThat(BaselineFit.fit(FEATURES, rows.rows())).isEmpty();
  }
}
