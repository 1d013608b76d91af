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

/**
 * What a model is made of, and how far what it sees has moved since its training.
 *
 * @param importance the features that it uses, the most important first
 * @param stability population stability index of every feature between the rows that it was trained
 *     on and those that it was judged by, the least stable first; NaN where there are no rows
 */
public record Portrait(List<ImportantFeature> importance, List<FeatureStability> stability) {
  static final Portrait NONE = new Portrait(List.of(), List.of());

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
   * @param heldOut rows that it was judged by
   */
  static Portrait of(ModelArtefact artefact, Rows heldOut) {
    List<ImportantFeature> importance = new ArrayList<>();
    for (FeatureImportance it : artefact.getImportance()) {
      importance.add(new ImportantFeature(it.getFeature(), it.getMeanAbsoluteContribution()));
    }
    return new Portrait(importance, stability(artefact, heldOut));
  }

  private static List<FeatureStability> stability(ModelArtefact artefact, Rows heldOut) {
    TrainingPopulation population = artefact.getPopulation();
    if (population == null) {
      return List.of();
    }
    List<String> names = artefact.getFeatureSchema().getFeatures();
    List<FeatureStability> stability = new ArrayList<>();
    try {
      ReferencePopulation reference = ReferencePopulation.of(population, names);
      for (int feature = 0; reference != null && feature < names.size(); feature++) {
        ReferenceBins bins = reference.features().get(feature);
        long[] counts = new long[bins.count()];
        for (int row = 0; row < heldOut.size(); row++) {
          counts[bins.bin(heldOut.value(row, feature))]++;
        }
        stability.add(new FeatureStability(names.get(feature), bins.stabilityIndex(counts)));
      }
    } catch (ModelRefusedException e) {
      throw new IllegalStateException(
          "The population of the model that was trained cannot be read: " + e.getMessage(), e);
    }
    stability.sort(Comparator.comparingDouble(FeatureStability::index).reversed());
    return stability;
  }
}
