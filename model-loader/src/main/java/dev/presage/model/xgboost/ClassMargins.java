package dev.presage.model.xgboost;

import dev.presage.model.contribution.Contributions;
import org.jspecify.annotations.Nullable;

/** The margins of all classes, in an array that each thread keeps. */
final class ClassMargins {
  private final Booster booster;
  private final float[] baseMargins;
  private final int features;
  private final ThreadLocal<float[]> scratch;
  private final LazyContributions contributions;

  /**
   * @param baseMargins of each class
   */
  ClassMargins(Booster booster, float[] baseMargins, int features) {
    this.booster = booster;
    this.baseMargins = baseMargins;
    this.features = features;
    this.contributions = new LazyContributions(booster, baseMargins, features);
    this.scratch = ThreadLocal.withInitial(() -> new float[baseMargins.length]);
  }

  int features() {
    return features;
  }

  int classes() {
    return baseMargins.length;
  }

  /** What each feature contributes to the margin of each class. */
  @Nullable Contributions contributions() {
    return contributions.get();
  }

  /** The margins, in this thread's array: to be read before the next call. */
  float[] of(double[] vector) {
    Lengths.requireVector(vector, features);
    float[] margins = scratch.get();
    System.arraycopy(baseMargins, 0, margins, 0, baseMargins.length);
    booster.addTo(margins, vector);
    return margins;
  }

  /** The margin of one class. */
  float of(double[] vector, int output) {
    Lengths.requireVector(vector, features);
    return booster.margin(output, baseMargins[output], vector);
  }
}
