package dev.presage.scoring.profile;

/**
 * The last trait update that went out for a profile and a trait.
 *
 * @param traitId stands for the trait, see {@link dev.presage.scoring.rules.NameId}
 * @param value the published value
 * @param revision its revision number, from 1
 * @param modelId stands for the model version
 * @param asOfMillis the event time at which it holds
 */
public record PublishedTrait(
    int traitId, double value, long revision, int modelId, long asOfMillis) {}
