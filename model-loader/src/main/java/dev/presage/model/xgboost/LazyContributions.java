package dev.presage.model.xgboost;

import dev.presage.model.contribution.Contributions;
import org.jspecify.annotations.Nullable;

/**
 * The contributions of a booster, compiled when they are first asked for: they take as much memory
 * again as the trees, and most models are never asked. Thread-safe.
 */
final class LazyContributions {
  private final Booster booster;
  private final float[] baseMargins;
  private final int features;
  private volatile @Nullable Contributions compiled;

  LazyContributions(Booster booster, float[] baseMargins, int features) {
    this.booster = booster;
    this.baseMargins = baseMargins;
    this.features = features;
  }

  /** Null where the model does not have what they are computed from. */
  @Nullable Contributions get() {
    Contributions ready = compiled;
    return ready == null ? compile() : ready;
  }

  private synchronized @Nullable Contributions compile() {
    if (compiled == null) {
      compiled = booster.contributions(baseMargins, features);
    }
    return compiled;
  }
}
