package dev.presage.retrain.rows;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Labelled rows, ordered by as-of time. Immutable; parts of it share its vectors. */
public final class Rows {
  private final int features;
  private final LabelledRow[] rows;
  private final int positives;

  private Rows(int features, LabelledRow[] rows) {
    this.features = features;
    this.rows = rows;
    this.positives = Math.toIntExact(Arrays.stream(rows).filter(it -> it.positive).count());
  }

  static Rows of(int features, List<LabelledRow> rows) {
    LabelledRow[] sorted = rows.toArray(LabelledRow[]::new);
    // By key as well, so that the order does not depend on how the history was read.
    Arrays.sort(sorted, LabelledRow.BY_TIME_THEN_KEY);
    return new Rows(features, sorted);
  }

  /** Number of rows. */
  public int size() {
    return rows.length;
  }

  /** Number of features of every row's vector. */
  public int features() {
    return features;
  }

  /** Number of rows whose target happened; of a value, of those whose label is above 0. */
  public int positives() {
    return positives;
  }

  /** Number of rows whose target did not happen. */
  public int negatives() {
    return rows.length - positives;
  }

  /** As-of time of a row, milliseconds since the epoch. */
  public long asOf(int row) {
    return rows[row].asOf;
  }

  /** Why there is the row. */
  public RowKind kind(int row) {
    return rows[row].kind;
  }

  /**
   * What is to be foretold as of the row's as-of time: of a likelihood 1 or 0, of a value the
   * value.
   */
  public double label(int row) {
    return rows[row].label;
  }

  /** What is to be foretold, row by row. */
  public double[] labels() {
    return Arrays.stream(rows).mapToDouble(it -> it.label).toArray();
  }

  /** Whether the target happened within the horizon after the row's as-of time. */
  public boolean positive(int row) {
    return rows[row].positive;
  }

  /** One feature of a row; NaN is missing. */
  public double value(int row, int feature) {
    return rows[row].vector[feature];
  }

  /** A copy of a row's vector. */
  public double[] vector(int row) {
    return rows[row].vector.clone();
  }

  /** One feature of all rows. */
  public double[] column(int feature) {
    return Arrays.stream(rows).mapToDouble(it -> it.vector[feature]).toArray();
  }

  /** What happened, row by row. */
  public boolean[] outcomes() {
    boolean[] outcomes = new boolean[rows.length];
    for (int row = 0; row < outcomes.length; row++) {
      outcomes[row] = rows[row].positive;
    }
    return outcomes;
  }

  /** The rows whose numbers pass, in the same order. */
  public Rows where(IntPredicate number) {
    return new Rows(
        features,
        IntStream.range(0, rows.length)
            .filter(number)
            .mapToObj(row -> rows[row])
            .toArray(LabelledRow[]::new));
  }
}
