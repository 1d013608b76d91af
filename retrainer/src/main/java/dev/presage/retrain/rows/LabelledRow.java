package dev.presage.retrain.rows;

import java.util.Comparator;

/** A vector and what followed. */
final class LabelledRow {
  static final Comparator<LabelledRow> BY_TIME_THEN_KEY =
      Comparator.<LabelledRow>comparingLong(it -> it.asOf).thenComparingLong(it -> it.key);

  final RowKind kind;
  final long asOf;
  final long key;
  final double[] vector;
  final double label;
  final boolean positive;

  LabelledRow(OpenRow row, RowKind kind, boolean positive) {
    this(row, kind, positive ? 1.0 : 0.0);
  }

  LabelledRow(OpenRow row, RowKind kind, double label) {
    this.kind = kind;
    this.asOf = row.asOf;
    this.key = row.key;
    this.vector = row.vector;
    this.label = label;
    this.positive = label > 0;
  }
}
