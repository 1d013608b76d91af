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
    return new Rows(features, RowOrder.sorted(rows));
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

  /** The canonical ID of the row's profile; personal data. */
  public String profileId(int row) {
    return rows[row].profileId;
  }

  /** A number that stands for the row's profile: the same for all of its rows. */
  public long profile(int row) {
    return rows[row].profile;
  }

  /**
   * Where the row's profile lies when profiles are divided by chance, in [0, 1): the same for all
   * of its rows and in every replay.
   */
  public double profileShare(int row) {
    return (RowKey.of(rows[row].profile, -1) >>> 11) * 0x1.0p-53;
  }

  /**
   * When the target happened to the row's profile for the first time, at or before the as-of time,
   * milliseconds since the epoch; {@link Long#MIN_VALUE} where it did not.
   */
  public long firstTarget(int row) {
    return rows[row].firstTarget;
  }

  /** When it happened for the last time, at or before the as-of time; in the same way. */
  public long lastTarget(int row) {
    return rows[row].lastTarget;
  }

  /** Whether the target had happened to the row's profile at or before its as-of time. */
  public boolean targetBefore(int row) {
    return rows[row].before;
  }

  /** For how many rows a row stands: 1, or more where others like it were left out. */
  public double weight(int row) {
    return rows[row].weight;
  }

  /** For how many rows each row stands. */
  public double[] weights() {
    return Arrays.stream(rows).mapToDouble(it -> it.weight).toArray();
  }

  /** For how many rows each row stands in a part of these, 0 where it is not in it. */
  public double[] weightsIn(Rows part) {
    double[] weights = new double[rows.length];
    int next = 0;
    for (int row = 0; row < rows.length && next < part.rows.length; row++) {
      // A part has its rows in the same order.
      if (rows[row].isSameAs(part.rows[next])) {
        weights[row] = part.rows[next++].weight;
      }
    }
    if (next < part.rows.length) {
      throw new IllegalArgumentException(
          "%d of %d rows are not among these %d"
              .formatted(part.rows.length - next, part.rows.length, rows.length));
    }
    return weights;
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

  /** At most so many rows, evenly over all of them. */
  public Rows evenly(int most) {
    int size = rows.length;
    return size <= most
        ? this
        : where(row -> (long) row * most / size != (row - 1L) * most / size || row == 0);
  }

  /**
   * Thins the negatives out where there are many: all positives are kept, and of the negatives at
   * most so many for each positive, which then stand for all. Which ones does not depend on the
   * order of the rows, nor on how they were sampled before.
   *
   * @param mostForEachPositive at least 1
   */
  public Rows withFewerNegatives(int mostForEachPositive) {
    long most = (long) mostForEachPositive * Math.max(positives, 1);
    if (negatives() <= most) {
      return this;
    }
    long[] places =
        Arrays.stream(rows).filter(it -> !it.positive).mapToLong(Rows::place).sorted().toArray();
    long last = places[Math.toIntExact(most) - 1];
    double weight = negatives() / (double) most;
    return new Rows(
        features,
        Arrays.stream(rows)
            .filter(it -> it.positive || place(it) <= last)
            .map(it -> it.positive ? it : it.weighted(it.weight * weight))
            .toArray(LabelledRow[]::new));
  }

  /** Another order than that of the keys: sampled rows are those with the smallest keys. */
  private static long place(LabelledRow row) {
    return RowKey.of(~row.key, 0);
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
