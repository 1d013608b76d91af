package dev.presage.scoring.profile;

import dev.presage.scoring.population.PercentileBand;

/**
 * The last trait update that went out for a profile and a trait.
 *
 * @param traitId stands for the trait, see {@link dev.presage.scoring.rules.NameId}
 * @param value the published value
 * @param revision its revision number, from 1
 * @param modelId stands for the model version
 * @param asOfMillis the event time at which it holds
 * @param band the {@link dev.presage.scoring.population.PercentileBand#number} of the percentile
 *     that it went out with; {@link dev.presage.scoring.population.PercentileBand#NONE} for none
 */
public record PublishedTrait(
    int traitId, double value, long revision, int modelId, long asOfMillis, int band) {

  public PublishedTrait {
    if (band < PercentileBand.NONE || band > PercentileBand.LARGEST) {
      throw new IllegalArgumentException(
          "The band of a published trait is %d; expected %d to %d"
              .formatted(band, PercentileBand.NONE, PercentileBand.LARGEST));
    }
  }
}
