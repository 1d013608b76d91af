package dev.presage.retrain.rows;

/** A vector and what followed; it stands for as many rows as its weight says. */
final class LabelledRow {
  final RowKind kind;
  final long asOf;
  final long key;
  final double[] vector;
  final double label;
  final boolean positive;

  /** Whether the target had happened to its profile at or before the as-of time. */
  final boolean before;

  final double weight;

  final String profileId;

  /** A hash of the profile's ID. */
  final long profile;

  /** Of the target at or before the as-of time; {@link Long#MIN_VALUE} where it did not happen. */
  final long firstTarget;

  final long lastTarget;

  LabelledRow(OpenRow row, RowKind kind, double label) {
    this.kind = kind;
    this.asOf = row.asOf;
    this.key = row.key;
    this.vector = row.vector;
    this.label = label;
    this.positive = label > 0;
    this.before = row.lastTarget() != Long.MIN_VALUE;
    this.weight = 1;
    this.profileId = row.profileId;
    this.profile = RowKey.ofProfile(row.profileId);
    this.firstTarget = row.firstTarget();
    this.lastTarget = row.lastTarget();
  }

  private LabelledRow(LabelledRow row, double weight) {
    this.kind = row.kind;
    this.asOf = row.asOf;
    this.key = row.key;
    this.vector = row.vector;
    this.label = row.label;
    this.positive = row.positive;
    this.before = row.before;
    this.weight = weight;
    this.profileId = row.profileId;
    this.profile = row.profile;
    this.firstTarget = row.firstTarget;
    this.lastTarget = row.lastTarget;
  }

  /** Whether another is this one, whatever its weight. */
  boolean isSameAs(LabelledRow other) {
    return key == other.key
        && asOf == other.asOf
        && kind == other.kind
        && profileId.equals(other.profileId);
  }

  LabelledRow weighted(double newWeight) {
    return new LabelledRow(this, newWeight);
  }
}
