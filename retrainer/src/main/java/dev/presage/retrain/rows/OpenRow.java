package dev.presage.retrain.rows;

import dev.presage.retrain.traits.Trait;
import org.jspecify.annotations.Nullable;

/**
 * A vector whose label is not known before its partition is over. Then the label is read off, and
 * the row lets go of what its profile did, so that nothing of a partition outlasts it but rows.
 */
final class OpenRow {
  /** Place in the sampling order. */
  final long key;

  /** Milliseconds since the epoch. */
  final long asOf;

  final double[] vector;
  final String profileId;

  /** What the row's profile did; filled while its partition is read, null when that is over. */
  private @Nullable Life life;

  private double label;
  private long firstTarget = Long.MIN_VALUE;
  private long lastTarget = Long.MIN_VALUE;
  private long knownUntil;
  private boolean isErased;

  OpenRow(long key, long asOf, double[] vector, Life life) {
    this.key = key;
    this.asOf = asOf;
    this.vector = vector;
    this.profileId = life.profileId;
    this.life = life;
  }

  /** Its partition is over: nothing more becomes known of it. */
  void settle(Trait trait) {
    Life lived = life;
    if (lived != null) {
      boolean isUnknown = trait.isAttribute() && !lived.isTrusted();
      settle(isUnknown ? TargetTimes.CENSORED : lived.targets.label(trait, asOf));
    }
  }

  /** Its partition is over, and the label is known. */
  void settle(double known) {
    Life lived = life;
    if (lived != null) {
      label = known;
      firstTarget = lived.targets.firstUntil(asOf);
      lastTarget = lived.targets.lastUntil(asOf);
      knownUntil = lived.knownUntil();
      isErased = lived.isErased();
      life = null;
    }
  }

  /** It is not kept: nobody asks what became of it. */
  void drop() {
    life = null;
  }

  boolean isSettled() {
    return life == null;
  }

  /** NaN where it is not known; of a settled row. */
  double label() {
    requireSettled();
    return label;
  }

  /** Of the target at or before the as-of time; {@link Long#MIN_VALUE} where it did not happen. */
  long firstTarget() {
    requireSettled();
    return firstTarget;
  }

  long lastTarget() {
    requireSettled();
    return lastTarget;
  }

  /** Whether it is known what its profile did until a time. */
  boolean isKnownUntil(long millis) {
    requireSettled();
    return millis <= knownUntil;
  }

  boolean isErased() {
    requireSettled();
    return isErased;
  }

  private void requireSettled() {
    if (life != null) {
      throw new IllegalStateException(
          "A row as of %d is asked what became of it before its partition is over".formatted(asOf));
    }
  }
}
