package dev.presage.retrain.runs;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.population.ReferenceBins;
import dev.presage.model.population.ReferencePopulation;
import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.FeatureImportance;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.TrainingPopulation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What a model is made of, and how far what it sees has moved since its training.
 *
 * @param importance the features that it uses, the most important first
 * @param stability population stability index of every feature between the rows that it was trained
 *     on and those that it was judged by, the least stable first; NaN where there are no rows
 * @param timeline how its scores lie over time
 */
public record Portrait(
    List<ImportantFeature> importance, List<FeatureStability> stability, ScoreTimeline timeline) {
  static final Portrait NONE = new Portrait(List.of(), List.of(), ScoreTimeline.NONE);

  public Portrait {
    importance = List.copyOf(importance);
    stability = List.copyOf(stability);
  }

  /**
   * A feature that a model uses.
   *
   * @param contribution mean of the absolute values of its contributions to the margins
   */
  public record ImportantFeature(String feature, double contribution) {}

  /** How far a feature has moved, in nats. */
  public record FeatureStability(String feature, double index) {}

  /**
   * The portrait of a model.
   *
   * @param model predicts as the artefact does
   * @param labelled all rows whose outcome is known
   */
  static Portrait of(
      ModelArtefact artefact, ScoreTimeline.Scorer model, Rows labelled, Parts parts) {
    List<ImportantFeature> importance = new ArrayList<>();
    for (FeatureImportance it : artefact.getImportance()) {
      importance.add(new ImportantFeature(it.getFeature(), it.getMeanAbsoluteContribution()));
    }
    TrainingPopulation population = artefact.getPopulation();
    if (population == null) {
      return new Portrait(importance, List.of(), ScoreTimeline.NONE);
    }
    List<String> names = artefact.getFeatureSchema().getFeatures();
    try {
      ReferencePopulation reference =
          Objects.requireNonNull(ReferencePopulation.of(population, names));
      return new Portrait(
          importance,
          stability(reference, names, parts.evaluation()),
          ScoreTimeline.of(model, labelled, parts, reference.scores()));
    } catch (ModelRefusedException e) {
      throw new IllegalStateException(
          "The population of the model that was trained cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<FeatureStability> stability(
      ReferencePopulation reference, List<String> names, Rows heldOut) {
    List<FeatureStability> stability = new ArrayList<>();
    for (int feature = 0; feature < names.size(); feature++) {
      ReferenceBins bins = reference.features().get(feature);
      long[] counts = new long[bins.count()];
      for (int row = 0; row < heldOut.size(); row++) {
        counts[bins.bin(heldOut.value(row, feature))]++;
      }
      stability.add(new FeatureStability(names.get(feature), bins.stabilityIndex(counts)));
    }
    stability.sort(Comparator.comparingDouble(FeatureStability::index).reversed());
    return stability;
  }
}
