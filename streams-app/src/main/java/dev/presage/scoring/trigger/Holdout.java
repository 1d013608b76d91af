package dev.presage.scoring.trigger;

import dev.presage.model.CanaryGroup;

/**
 * The canonical IDs that get nothing of a trigger, so that those who do can be compared with them:
 * a share of all, the same on every instance and after every restart. A smaller share is a part of
 * a larger one; the groups of two triggers have nothing to do with each other.
 */
final class Holdout {
  private final CanaryGroup group;

  private Holdout(CanaryGroup group) {
    this.group = group;
  }

  /**
   * The group of a trigger.
   *
   * @param share in [0, 1]
   */
  static Holdout of(String trigger, double share) {
    return new Holdout(CanaryGroup.of("holdout of " + trigger, share));
  }

  boolean includes(String canonicalId) {
    return group.includes(canonicalId);
  }
}
