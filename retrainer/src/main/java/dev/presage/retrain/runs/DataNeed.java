package dev.presage.retrain.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something of which a run needs enough.
 *
 * @param what what it is, for people: {@code positives to judge by}
 * @param found how much there is
 * @param needed how much is needed
 * @param expectedAt when there will be enough if it goes on as it did, in event time; null where
 *     there is, and where it is not to be expected within ten years
 */
public record DataNeed(String what, double found, double needed, @Nullable Instant expectedAt) {
  /** Whether there is enough. */
  public boolean isMet() {
    return found >= needed;
  }
}
