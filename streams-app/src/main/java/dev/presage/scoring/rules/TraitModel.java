package dev.presage.scoring.rules;

import dev.presage.model.LoadedModel;

/**
 * A model version of a trait.
 *
 * @param model what scores
 * @param id stands for the version in the state of profiles
 */
public record TraitModel(LoadedModel model, int id) {
  static TraitModel of(LoadedModel model) {
    return new TraitModel(model, NameId.of(model.version()));
  }

  public String version() {
    return model.version();
  }

  /** The value of a vector, {@code double[features]}. */
  public double predict(double[] vector) {
    return model.predictor().predict(vector);
  }
}
