package dev.presage.scoring.rules;

import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model version of a trait.
 *
 * @param model what scores
 * @param id stands for the version in the state of profiles
 * @param explained names the reasons of its scores; null where none are asked for, or it cannot
 *     tell
 */
public record TraitModel(LoadedModel model, int id, @Nullable Reasons explained) {
  /** A model whose scores need no reasons. */
  static TraitModel of(LoadedModel model) {
    return of(model, 0);
  }

  /**
   * @param mostReasons how many features are named at most for a score
   */
  static TraitModel of(LoadedModel model, int mostReasons) {
    return new TraitModel(model, NameId.of(model.version()), Reasons.of(mostReasons, model));
  }

  /** The features that contributed most to a score of a vector; none where none are asked for. */
  public List<Reason> reasons(double[] vector, double score) {
    return explained == null ? List.of() : explained.of(vector, score);
  }

  public String version() {
    return model.version();
  }

  /** The value of a vector, {@code double[features]}. */
  public double predict(double[] vector) {
    return model.predictor().predict(vector);
  }
}
