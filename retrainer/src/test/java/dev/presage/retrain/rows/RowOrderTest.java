package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RowOrderTest {
  private static final double[] NO_FEATURES = {};

  @Property
  void shouldBeThatOfComparingRows(
      @ForAll Random random,
      @ForAll @IntRange(max = 200) int size,
      @ForAll @IntRange(min = 1, max = 1_000) int times,
      @ForAll boolean isBefore1970) {
    List<LabelledRow> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long asOf = 4_000_000_000_000L * random.nextInt(times) / times - (isBefore1970 ? 1 : 0);
      rows.add(row(random.nextLong(), asOf));
    }

    LabelledRow[] sorted = RowOrder.sorted(rows);

    rows.sort(
        Comparator.comparingLong((LabelledRow it) -> it.asOf).thenComparingLong(it -> it.key));
    assertThat(sorted).containsExactlyElementsOf(rows);
  }

  private static LabelledRow row(long key, long asOf) {
    OpenRow row = new OpenRow(key, asOf, NO_FEATURES, new Life("any"));
    row.settle(0.0);
    return new LabelledRow(row, RowKind.MOMENT, 0);
  }
}
