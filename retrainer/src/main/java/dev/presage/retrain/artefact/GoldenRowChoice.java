package dev.presage.retrain.artefact;

import dev.presage.retrain.rows.Rows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Picks real rows that show a model from all sides: spread evenly over its margins from the lowest
 * to the highest, and for every feature that is ever missing a row where it is.
 */
final class GoldenRowChoice {
  private static final int SPREAD = 64;

  private GoldenRowChoice() {}

  /** The rows that were picked, at least 32 where there are so many. */
  static Rows pick(Rows rows, double[] margins) {
    Integer[] byMargin = IntStream.range(0, rows.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(byMargin, Comparator.comparingDouble(row -> margins[row]));
    NavigableSet<Integer> picked = new TreeSet<>();
    int count = Math.min(SPREAD, rows.size());
    for (int i = 0; i < count; i++) {
      long place = count == 1 ? 0 : (long) i * (rows.size() - 1) / (count - 1);
      picked.add(byMargin[(int) place]);
    }
    for (int feature = 0; feature < rows.features(); feature++) {
      IntPredicate isMissing = isMissing(rows, feature);
      if (picked.stream().noneMatch(isMissing::test)) {
        IntStream.range(0, rows.size()).filter(isMissing).findFirst().ifPresent(picked::add);
      }
    }
    return rows.where(picked::contains);
  }

  private static IntPredicate isMissing(Rows rows, int feature) {
    return row -> Double.isNaN(rows.value(row, feature));
  }
}
