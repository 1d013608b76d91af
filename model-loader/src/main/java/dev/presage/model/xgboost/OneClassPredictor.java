package dev.presage.model.xgboost;

import dev.presage.model.Predictor;
import dev.presage.model.contribution.Contributions;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the probability of one class of several.
 *
 * @param output the class, from 0
 */
record OneClassPredictor(ClassMargins margins, int output) implements Predictor {
  @Override
  public int features() {
    return margins.features();
  }

  @Override
  public double margin(double[] vector) {
    return margins.of(vector, output);
  }

  @Override
  public double predict(double[] vector) {
    return Softmax.probability(margins.of(vector), output);
  }

  @Override
  public @Nullable Contributions contributions() {
    Contributions all = margins.contributions();
    return all == null ? null : all.ofOutput(output);
  }
}
