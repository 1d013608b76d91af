package dev.presage.scoring.quality;

import java.util.List;

/**
 * What is known of the models of a trait.
 *
 * @param challengers shadows and canaries beside the live model, on this instance
 * @param versions the live quality of versions, over all instances
 */
public record TraitFigures(List<ChallengerFigures> challengers, List<VersionFigures> versions) {
  /** Nothing is known. */
  public static final TraitFigures NONE = new TraitFigures(List.of(), List.of());

  public TraitFigures {
    challengers = List.copyOf(challengers);
    versions = List.copyOf(versions);
  }

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return challengers.isEmpty() && versions.isEmpty();
  }
}
