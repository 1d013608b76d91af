package dev.presage.scoring.profile;

import dev.presage.scoring.population.PercentileBand;
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
 * @param band the {@link PercentileBand#number} of the percentile that it went out with; {@link
 *     PercentileBand#NONE} for none
 * @param outcomes what came after the first update
 */
public record PublishedTrait(
    int traitId,
    double value,
    long revision,
    int modelId,
    long asOfMillis,
    int band,
    Outcomes outcomes) {

  public PublishedTrait {
    if (band < PercentileBand.NONE || band > PercentileBand.LARGEST) {
      throw new IllegalArgumentException(
          "The band of a published trait is %d; expected %d to %d"
              .formatted(band, PercentileBand.NONE, PercentileBand.LARGEST));
    }
  }

  /** An update without a band after which nothing was counted yet. */
  public PublishedTrait(int traitId, double value, long revision, int modelId, long asOfMillis) {
    this(traitId, value, revision, modelId, asOfMillis, PercentileBand.NONE, Outcomes.NONE);
  }

  /** The same after its value was taken back: whatever is scored next goes out. */
  PublishedTrait withdrawn() {
    return new PublishedTrait(
        traitId,
        value,
        revision,
        NameId.NONE,
        asOfMillis,
        PercentileBand.NONE,
        new Outcomes(outcomes.examples(), 0, 0));
  }

  boolean isWithdrawn() {
    return modelId == NameId.NONE;
  }

  /** The value that is published now; NaN where it was taken back. */
  double lastValue() {
    return isWithdrawn() ? Double.NaN : value;
  }

  PublishedTrait with(Outcomes other) {
    return new PublishedTrait(traitId, value, revision, modelId, asOfMillis, band, other);
  }

  /**
   * What is counted of a profile and a trait.
   *
   * @param examples training examples that went out
   * @param targets how often the target happened; of a sum, what it came to, see {@link
   *     dev.presage.scoring.rules.ActiveTrait#counts}, which may wrap around: differences are right
   * @param lastTargetMillis when it happened last; 0 where {@code targets} is
   */
  public record Outcomes(long examples, long targets, long lastTargetMillis) {
    static final Outcomes NONE = new Outcomes(0, 0, 0);

    Outcomes exampleSent() {
      return new Outcomes(examples + 1, targets, lastTargetMillis);
    }

    Outcomes targetAt(long millis, long counts) {
      long all = targets + counts;
      return new Outcomes(examples, all, all == 0 ? 0 : Math.max(lastTargetMillis, millis));
    }
  }
}
