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
  final boolean positive;

  /** A hash of the profile's ID. */
  final long profile;

  /** Of the target at or before the as-of time; {@link Long#MIN_VALUE} where it did not happen. */
  final long firstTarget;

  final long lastTarget;

  LabelledRow(OpenRow row, RowKind kind, boolean positive) {
    this.kind = kind;
    this.asOf = row.asOf;
    this.key = row.key;
    this.vector = row.vector;
    this.positive = positive;
    this.profile = RowKey.ofProfile(row.life.profileId);
    this.firstTarget = row.life.targets.firstUntil(row.asOf);
    this.lastTarget = row.life.targets.lastUntil(row.asOf);
  }
}
