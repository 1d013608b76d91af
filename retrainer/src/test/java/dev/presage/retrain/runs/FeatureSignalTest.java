package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.rows.RowsOf;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureSignalTest {
  private static final List<String> NAMES = List.of("spent", "noise");

  @Test
  void shouldFindWhatTellsLargeAmountsFromSmallOnesWhereAllAreAboveNothing() {
    Random random = new Random(1);
    RowsOf rows = new RowsOf(2);
    for (int row = 0; row < 500; row++) {
      double amount = Math.exp(random.nextGaussian());
      rows.amount(row, amount, amount * Math.exp(random.nextGaussian()), random.nextGaussian());
    }

    assertThat(FeatureSignal.of(NAMES, rows.rows()))
        .extracting(FeatureSignal::feature)
        .containsExactly("spent");
  }

  @Test
  void shouldFindNothingWhereAllRowsAreAlike() {
    RowsOf rows = new RowsOf(2);
    for (int row = 0; row < 100; row++) {
      rows.moment(row, true, row, 1);
    }

    assertThat(FeatureSignal.of(NAMES, rows.rows())).isEmpty();
    assertThat(FeatureSignal.of(NAMES, new RowsOf(2).rows())).isEmpty();
  }
}
