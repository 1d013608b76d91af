package dev.presage.model.xgboost;

import dev.presage.model.Predictor;
import dev.presage.model.contribution.Contributions;
import org.jspecify.annotations.Nullable;

/** Predicts the probabilities of all classes; as a single value the likeliest class. */
record MulticlassPredictor(ClassMargins margins) implements Predictor {
  @Override
  public int features() {
    return margins.features();
  }

  @Override
  public int outputs() {
    return margins.classes();
  }

  @Override
  public double margin(double[] vector) {
    float[] all = margins.of(vector);
    return all[Softmax.greatest(all)];
  }

  @Override
  public double predict(double[] vector) {
    return Softmax.greatest(margins.of(vector));
  }

  @Override
  public void margins(double[] vector, double[] target) {
    Lengths.requireTarget(target.length, outputs());
    float[] all = margins.of(vector);
    for (int i = 0; i < all.length; i++) {
      target[i] = all[i];
    }
  }

  @Override
  public void predict(double[] vector, double[] target) {
    Lengths.requireTarget(target.length, outputs());
    Softmax.apply(margins.of(vector), target);
  }

  @Override
  public @Nullable Contributions contributions() {
    return margins.contributions();
  }
}
