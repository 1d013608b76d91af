package dev.presage.model.calibration;

import dev.presage.model.Predictor;
import dev.presage.model.contribution.Contributions;
import org.jspecify.annotations.Nullable;

/** A model whose prediction goes through a curve. */
final class CalibratedPredictor implements Predictor {
  private final Predictor model;
  private final Curve curve;
  private final boolean ofMargin;

  CalibratedPredictor(Predictor model, Curve curve, boolean ofMargin) {
    this.model = model;
    this.curve = curve;
    this.ofMargin = ofMargin;
  }

  @Override
  public int features() {
    return model.features();
  }

  @Override
  public double margin(double[] vector) {
    return model.margin(vector);
  }

  @Override
  public double predict(double[] vector) {
    return curve.at(ofMargin ? model.margin(vector) : model.predict(vector));
  }

  /** To the margin, which is the model's. */
  @Override
  public @Nullable Contributions contributions() {
    return model.contributions();
  }
}
