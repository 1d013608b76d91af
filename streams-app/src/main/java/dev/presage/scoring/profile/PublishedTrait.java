package dev.presage.scoring.profile;

import dev.presage.scoring.rules.NameId;

/**
 * The last trait update that went out for a profile and a trait, and what is counted of the two
 * since the first.
 *
 * @param traitId stands for the trait, see {@link NameId}
 * @param value the published value
 * @param revision its revision number, from 1
 * @param modelId stands for the model version
 * @param asOfMillis the event time at which it holds
 * @param outcomes what came after the first update
 */
public record PublishedTrait(
    int traitId, double value, long revision, int modelId, long asOfMillis, Outcomes outcomes) {
  /** An update after which nothing was counted yet. */
  public PublishedTrait(int traitId, double value, long revision, int modelId, long asOfMillis) {
    this(traitId, value, revision, modelId, asOfMillis, Outcomes.NONE);
  }

  /** The same after its value was taken back: whatever is scored next goes out. */
  PublishedTrait withdrawn() {
    return new PublishedTrait(
        traitId, value, revision, NameId.NONE, asOfMillis, new Outcomes(outcomes.examples(), 0, 0));
  }

  boolean isWithdrawn() {
    return modelId == NameId.NONE;
  }

  PublishedTrait with(Outcomes other) {
    return new PublishedTrait(traitId, value, revision, modelId, asOfMillis, other);
  }

  /**
   * What is counted of a profile and a trait.
   *
   * @param examples training examples that went out
   * @param targets how often the target happened
   * @param lastTargetMillis when it happened last; 0 for never
   */
  public record Outcomes(long examples, long targets, long lastTargetMillis) {
    static final Outcomes NONE = new Outcomes(0, 0, 0);

    Outcomes exampleSent() {
      return new Outcomes(examples + 1, targets, lastTargetMillis);
    }

    Outcomes targetAt(long millis) {
      return new Outcomes(examples, targets + 1, Math.max(lastTargetMillis, millis));
    }
  }
}
