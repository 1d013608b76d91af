package dev.presage.retrain.calibration;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether and how a model is calibrated.
 *
 * @param curve the calibration; none where the model is better off without
 * @param reason a sentence for people
 */
public record CalibrationChoice(Optional<Curve> curve, String reason) {
  /** Of each outcome, for a sigmoid. */
  static final int LEAST_FOR_PLATT = 50;

  /** Of each outcome, for a curve of any form. */
  static final int LEAST_FOR_ISOTONIC = 500;

  /** None, as there is nothing to fit one to. */
  public static CalibrationChoice none(String reason) {
    return new CalibrationChoice(Optional.empty(), reason);
  }

  /**
   * Chooses by the log loss, which is a proper score: a curve is fitted to the earlier half of the
   * rows and has to be better than none on the later half, by more than the standard error of the
   * difference; one of any form has to be so much better than a sigmoid. The one that is chosen is
   * fitted to all of the rows.
   *
   * @param rows what the model said of rows that it was neither fitted to nor chosen by, ordered by
   *     time
   */
  public static CalibrationChoice of(MarginRows rows) {
    int half = rows.size() / 2;
    MarginRows earlier = rows.part(0, half);
    MarginRows later = rows.part(half, rows.size());
    int least = Math.min(earlier.leastOfAnOutcome(), later.leastOfAnOutcome());
    if (least < LEAST_FOR_PLATT) {
      return none(
          "%d rows with %d positives are too few to calibrate by: each half needs %d of each outcome"
              .formatted(rows.size(), rows.positives(), LEAST_FOR_PLATT));
    }
    double[] without = later.losses();
    double[] platt = later.losses(CurveFit.platt(earlier));
    Gain ofPlatt = Gain.of(without, platt, later.weights());
    if (least >= LEAST_FOR_ISOTONIC) {
      double[] isotonic = later.losses(CurveFit.isotonic(earlier));
      Gain ofIsotonic = Gain.of(without, isotonic, later.weights());
      if (ofIsotonic.isSure() && Gain.of(platt, isotonic, later.weights()).isSure()) {
        return new CalibrationChoice(
            Optional.of(CurveFit.isotonic(rows)), ofIsotonic.sentence("isotonic", rows.size()));
      }
    }
    return new CalibrationChoice(
        ofPlatt.isSure() ? Optional.of(CurveFit.platt(rows)) : Optional.empty(),
        ofPlatt.sentence("Platt", rows.size()));
  }

  /**
   * By how much the log loss of rows is less.
   *
   * @param mean weighted mean of the differences
   * @param error standard error of the mean
   */
  private record Gain(double mean, double error) {
    static Gain of(double[] before, double[] after, double[] weights) {
      double sum = 0;
      double weight = 0;
      for (int row = 0; row < before.length; row++) {
        sum += weights[row] * (before[row] - after[row]);
        weight += weights[row];
      }
      double mean = sum / weight;
      double squares = 0;
      for (int row = 0; row < before.length; row++) {
        double distance = weights[row] * (before[row] - after[row] - mean);
        squares += distance * distance;
      }
      return new Gain(mean, Math.sqrt(squares) / weight);
    }

    boolean isSure() {
      return mean > error;
    }

    String sentence(String method, int rows) {
      return String.format(
          Locale.ROOT,
          "%s calibration changes the log loss by %.5f, give or take %.5f, on the later half of %d rows: %s",
          method,
          -mean,
          error,
          rows,
          isSure() ? "used" : "not used");
    }
  }
}
