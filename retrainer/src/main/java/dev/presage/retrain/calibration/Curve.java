package dev.presage.retrain.calibration;

import dev.presage.retrain.regression.Loss;
import dev.presage.schemas.avro.Calibration;
import dev.presage.schemas.avro.CalibrationInput;
import dev.presage.schemas.avro.CalibrationMethod;
import java.util.Arrays;
import java.util.List;

/** A probability as a function of the margin that never falls. */
public sealed interface Curve {
  /** The probability at a margin, in [0, 1]. */
  double at(double margin);

  /** The curve as an artefact carries it. */
  Calibration toAvro();

  /** The probabilities at margins. */
  default double[] at(double[] margins) {
    return Arrays.stream(margins).map(this::at).toArray();
  }

  /**
   * Platt's sigmoid, {@code 1 / (1 + exp(-(intercept + slope * margin)))} (Platt, 1999).
   *
   * @param intercept on the logit scale
   * @param slope not negative
   */
  record Platt(double intercept, double slope) implements Curve {
    @Override
    public double at(double margin) {
      return Loss.LOGISTIC.prediction(intercept + slope * margin);
    }

    @Override
    public Calibration toAvro() {
      return Calibration.newBuilder()
          .setMethod(CalibrationMethod.PLATT)
          .setInput(CalibrationInput.MARGIN)
          .setIntercept(intercept)
          .setSlope(slope)
          .build();
    }
  }

  /**
   * Lines between knots, level before the first and after the last.
   *
   * @param x margins, ascending
   * @param y probabilities, not descending, as many
   */
  record Isotonic(List<Double> x, List<Double> y) implements Curve {
    public Isotonic {
      x = List.copyOf(x);
      y = List.copyOf(y);
    }

    @Override
    public double at(double margin) {
      int low = 0;
      int high = x.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (x.get(middle) <= margin) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      if (low == 0) {
        return y.getFirst();
      }
      if (low == x.size()) {
        return y.getLast();
      }
      double share = (margin - x.get(low - 1)) / (x.get(low) - x.get(low - 1));
      return y.get(low - 1) + share * (y.get(low) - y.get(low - 1));
    }

    @Override
    public Calibration toAvro() {
      return Calibration.newBuilder()
          .setMethod(CalibrationMethod.ISOTONIC)
          .setInput(CalibrationInput.MARGIN)
          .setX(x)
          .setY(y)
          .build();
    }
  }
}
