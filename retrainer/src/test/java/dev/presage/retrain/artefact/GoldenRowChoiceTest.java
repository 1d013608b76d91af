package dev.presage.retrain.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import org.junit.jupiter.api.Test;

class GoldenRowChoiceTest {

  @Test
  void shouldSpanAllMarginsAndShowEveryFeatureMissing() {
    RowsOf rows = new RowsOf(2);
    double[] margins = new double[5_000];
    for (int i = 0; i < margins.length; i++) {
      rows.moment(i, false, i, i == 1_234 ? Double.NaN : 1);
      margins[i] = Math.sin(i);
    }
    margins[17] = -5;
    margins[4_321] = 5;

    Rows picked = GoldenRowChoice.pick(rows.rows(), margins);

    assertThat(picked.size()).isBetween(32, 70);
    assertThat(picked.column(0)).contains(17, 4_321, 1_234);
  }

  @Test
  void shouldTakeAllOfAFewRows() {
    Rows rows = new RowsOf(1).moment(0, true, 1).moment(1, false, 2).rows();

    assertThat(GoldenRowChoice.pick(rows, new double[] {0.5, 0.5}).size()).isEqualTo(2);
    assertThat(GoldenRowChoice.pick(rows.where(row -> row == 0), new double[] {1}).size())
        .isEqualTo(1);
  }
}
