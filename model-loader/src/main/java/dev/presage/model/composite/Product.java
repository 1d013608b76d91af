package dev.presage.model.composite;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.Fields;
import dev.presage.model.payload.MemberReader;

/**
 * What a classifier says of whether, times what a regressor says of how much; where the classifier
 * says less than a threshold, a constant. Margin and prediction are the same.
 */
final class Product implements Predictor {
  private final Predictor classifier;
  private final Predictor regressor;
  private final double threshold;
  private final double below;

  private Product(Predictor classifier, Predictor regressor, double threshold, double below) {
    this.classifier = classifier;
    this.regressor = regressor;
    this.threshold = threshold;
    this.below = below;
  }

  static Predictor read(Fields model, MemberReader members)
      throws UnreadableDocumentException, ModelRefusedException {
    model.allow("kind", "format", "combine", "classifier", "regressor", "threshold", "below");
    return new Product(
        members.read(model, "classifier"),
        members.read(model, "regressor"),
        model.number("threshold", 0),
        model.number("below", 0));
  }

  @Override
  public int features() {
    return classifier.features();
  }

  @Override
  public double margin(double[] vector) {
    double probability = classifier.predict(vector);
    return probability < threshold ? below : probability * regressor.predict(vector);
  }

  @Override
  public double predict(double[] vector) {
    return margin(vector);
  }
}
