package dev.presage.model.population;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.BinShares;
import dev.presage.schemas.avro.TrainingPopulation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model was trained on, to compare with what it is served. Immutable.
 *
 * @param features of every feature, in the order of the vector
 * @param scores of the model's predictions of held-out rows
 */
public record ReferencePopulation(List<ReferenceBins> features, ReferenceBins scores) {
  public ReferencePopulation {
    features = List.copyOf(features);
  }

  /**
   * The population of an artefact.
   *
   * @param names of the features, in the order of the vector
   * @return null where there is none
   * @throws ModelRefusedException when it cannot be
   */
  public static @Nullable ReferencePopulation of(
      @Nullable TrainingPopulation population, List<String> names) throws ModelRefusedException {
    if (population == null) {
      return null;
    }
    List<BinShares> given = population.getFeatures();
    if (given.size() != names.size()) {
      throw new ModelRefusedException(
          RefusalCode.FEATURE_MISMATCH,
          "the training population has %d features, the feature schema %d; count each feature of the schema, in its order"
              .formatted(given.size(), names.size()));
    }
    List<ReferenceBins> features = new ArrayList<>(names.size());
    for (int feature = 0; feature < names.size(); feature++) {
      features.add(
          ReferenceBins.of(
              "feature " + names.get(feature), given.get(feature), population.getRows()));
    }
    return new ReferencePopulation(
        features,
        ReferenceBins.of("the scores", population.getScores(), population.getScoreRows()));
  }
}
