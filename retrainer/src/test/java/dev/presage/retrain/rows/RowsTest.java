package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static final int SIZE = 10_000;
  private static final Rows RARE = rare();

  @Test
  void shouldStandForItselfWhereNothingWasLeftOut() {
    Rows rows = RARE.withFewerNegatives(99);

    assertThat(rows).isSameAs(RARE);
    assertThat(rows.weights()).containsOnly(1.0).hasSize(SIZE);
  }

  @Test
  void shouldKeepEveryPositiveAndLetTheKeptNegativesStandForAll() {
    Rows rows = RARE.withFewerNegatives(4);

    assertThat(rows.positives()).isEqualTo(100);
    assertThat(rows.negatives()).isEqualTo(400);
    assertThat(Arrays.stream(rows.weights()).sum()).isCloseTo(SIZE, within(1e-6));
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.weight(row)).isEqualTo(rows.positive(row) ? 1 : 9_900 / 400.0);
    }
    assertThat(mean(rows))
        .as("mean of the negatives' feature")
        .isCloseTo(mean(RARE), within(400.0));
  }

  @Test
  void shouldStandForMoreEachTimeItIsThinnedOut() {
    Rows twice = RARE.withFewerNegatives(10).withFewerNegatives(2);

    assertThat(Arrays.stream(twice.weights()).sum()).isCloseTo(SIZE, within(1e-6));
  }

  @Test
  void shouldTakeRowsEvenly() {
    Rows rows = RARE.evenly(999);

    assertThat(rows.size()).isEqualTo(999);
    assertThat(RARE.evenly(SIZE)).isSameAs(RARE);
    double[] values = rows.column(0);
    for (int i = 1; i < values.length; i++) {
      assertThat(values[i] - values[i - 1]).isBetween(10.0, 11.0);
    }
  }

  private static double mean(Rows rows) {
    return IntStream.range(0, rows.size())
        .filter(row -> !rows.positive(row))
        .mapToDouble(row -> rows.value(row, 0))
        .average()
        .orElseThrow();
  }

  /** One positive in a hundred. */
  private static Rows rare() {
    RowsOf rows = new RowsOf(1);
    for (int i = 0; i < SIZE; i++) {
      rows.moment(i, i % 100 == 0, i);
    }
    return rows.rows();
  }
}
