package dev.presage.retrain.evaluation;

import java.util.Arrays;
import java.util.Comparator;

/** The order of numbers, highest first; equal ones lie beside each other. Immutable. */
final class Order {
  /** Places of the numbers. */
  final int[] rows;

  /** At the last one of each run of equal numbers. */
  final boolean[] endsTie;

  private Order(int[] rows, boolean[] endsTie) {
    this.rows = rows;
    this.endsTie = endsTie;
  }

  /**
   * @param numbers none of them NaN
   */
  static Order highestFirst(double[] numbers) {
    Integer[] boxed = new Integer[numbers.length];
    Arrays.setAll(boxed, row -> row);
    Arrays.sort(boxed, Comparator.comparingDouble((Integer row) -> -numbers[row]));
    int[] rows = new int[boxed.length];
    boolean[] endsTie = new boolean[boxed.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = boxed[i];
      endsTie[i] = i + 1 == rows.length || numbers[boxed[i + 1]] != numbers[boxed[i]];
    }
    return new Order(rows, endsTie);
  }

  int size() {
    return rows.length;
  }
}
