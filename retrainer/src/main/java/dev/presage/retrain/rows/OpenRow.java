package dev.presage.retrain.rows;

/** A vector whose label is read off later, when the whole history is known. */
final class OpenRow {
  /** Place in the sampling order. */
  final long key;

  /** Milliseconds since the epoch. */
  final long asOf;

  final double[] vector;

  /** What the row's profile did; filled while its partition is read. */
  final Life life;

  OpenRow(long key, long asOf, double[] vector, Life life) {
    this.key = key;
    this.asOf = asOf;
    this.vector = vector;
    this.life = life;
  }
}
