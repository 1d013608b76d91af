package dev.presage.scoring.quality;

import dev.presage.model.LoadedModel;
import dev.presage.model.population.ReferencePopulation;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The live quality of a version. Drift is measured over the last window, outcomes over the last one
 * whose horizons are over.
 *
 * @param version of the model
 * @param newestAsOf as-of time of the trait's newest example, at which the windows end
 * @param examples the version's examples in the last window, labelled or not
 * @param overall scores beside outcomes, of examples of every cause
 * @param atEvents the same of those alone that an event caused, as the rows were that the model was
 *     judged by before it went live
 * @param stability how far the population has moved; null where the artefact does not say what it
 *     was, or there are too few examples to tell
 */
public record VersionFigures(
    String version,
    Instant newestAsOf,
    long examples,
    OutcomeFigures overall,
    OutcomeFigures atEvents,
    @Nullable StabilityFigures stability) {

  static VersionFigures of(
      MeasuredTrait trait,
      LoadedModel model,
      List<ServedExample> examples,
      long newestMillis,
      long windowMillis) {
    List<ServedExample> recent =
        examples.stream().filter(it -> it.asOfMillis() > newestMillis - windowMillis).toList();
    List<ServedExample> labelled = examples.stream().filter(ServedExample::isLabelled).toList();
    ReferencePopulation reference = model.population();
    return new VersionFigures(
        model.version(),
        Instant.ofEpochMilli(newestMillis),
        recent.size(),
        outcomes(trait, labelled, it -> true),
        outcomes(trait, labelled, ServedExample::isAtEvent),
        reference == null
            ? null
            : StabilityFigures.of(
                model.features(),
                reference,
                recent.stream().filter(ServedExample::isAtEvent).toList()));
  }

  private static OutcomeFigures outcomes(
      MeasuredTrait trait, List<ServedExample> labelled, Predicate<ServedExample> which) {
    List<ServedExample> chosen = labelled.stream().filter(which).toList();
    return OutcomeFigures.of(
        trait.kind(),
        chosen.stream().mapToDouble(ServedExample::score).toArray(),
        chosen.stream().mapToDouble(ServedExample::label).toArray());
  }
}
