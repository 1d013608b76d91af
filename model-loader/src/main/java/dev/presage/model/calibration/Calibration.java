package dev.presage.model.calibration;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.Fields;
import dev.presage.schemas.avro.CalibrationInput;
import dev.presage.schemas.avro.CalibrationMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a probability, or a better value, of what a model predicts. */
public final class Calibration {
  private static final int MOST_KNOTS = 100_000;

  private final Curve curve;
  private final boolean ofMargin;

  private Calibration(Curve curve, boolean ofMargin) {
    this.curve = curve;
    this.ofMargin = ofMargin;
  }

  /**
   * The calibration of an artefact.
   *
   * @throws ModelRefusedException when it cannot be
   */
  public static Calibration of(dev.presage.schemas.avro.Calibration calibration)
      throws ModelRefusedException {
    CalibrationMethod method = calibration.getMethod();
    CalibrationInput input = calibration.getInput();
    if (method == CalibrationMethod.UNKNOWN || input == CalibrationInput.UNKNOWN) {
      throw new ModelRefusedException(
          RefusalCode.UNSUPPORTED,
          "the artefact's calibration is not known to this version; upgrade the streams application");
    }
    double[] x = unboxed(calibration.getX());
    double[] y = unboxed(calibration.getY());
    boolean platt = method == CalibrationMethod.PLATT;
    String problem =
        platt ? problem(calibration.getIntercept(), calibration.getSlope()) : problem(x, y);
    if (problem != null) {
      throw new ModelRefusedException(
          RefusalCode.UNREADABLE,
          "the artefact's calibration cannot be: " + problem + "; fit it again");
    }
    return new Calibration(
        platt
            ? new Curve.Platt(calibration.getIntercept(), calibration.getSlope())
            : new Curve.Isotonic(x, y),
        input == CalibrationInput.MARGIN);
  }

  /**
   * Reads the calibration of a member of a payload; {@code docs/models.md} has the format.
   *
   * @throws UnreadableDocumentException when it is not of that format
   */
  public static Calibration read(Fields fields) throws UnreadableDocumentException {
    boolean ofMargin = fields.choice("input", Input.class) == Input.MARGIN;
    return switch (fields.choice("method", Method.class)) {
      case PLATT -> {
        fields.allow("method", "input", "intercept", "slope");
        double intercept = fields.number("intercept");
        double slope = fields.number("slope");
        check(fields, problem(intercept, slope));
        yield new Calibration(new Curve.Platt(intercept, slope), ofMargin);
      }
      case ISOTONIC -> {
        fields.allow("method", "input", "x", "y");
        double[] x = fields.numbers("x");
        double[] y = fields.numbers("y");
        check(fields, problem(x, y));
        yield new Calibration(new Curve.Isotonic(x, y), ofMargin);
      }
    };
  }

  /** The model with its prediction calibrated; its margin stays as it is. */
  public Predictor on(Predictor model) {
    return new CalibratedPredictor(model, curve, ofMargin);
  }

  private static void check(Fields fields, @Nullable String problem)
      throws UnreadableDocumentException {
    if (problem != null) {
      throw new UnreadableDocumentException(fields.node().path() + " cannot be: " + problem);
    }
  }

  private static @Nullable String problem(double intercept, double slope) {
    return Double.isFinite(intercept) && Double.isFinite(slope) && slope >= 0
        ? null
        : "the intercept is %s, the slope %s, which must be finite, the slope not negative"
            .formatted(intercept, slope);
  }

  private static @Nullable String problem(double[] x, double[] y) {
    if (x.length != y.length || x.length == 0 || x.length > MOST_KNOTS) {
      return "x has %d elements, y %d; they must have as many, 1 to %d"
          .formatted(x.length, y.length, MOST_KNOTS);
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        return "knot %d is (%s, %s), which must be finite".formatted(i, x[i], y[i]);
      }
      if (i > 0 && (x[i] <= x[i - 1] || y[i] < y[i - 1])) {
        return "knot %d is (%s, %s) after (%s, %s); x must ascend, y must not descend"
            .formatted(i, x[i], y[i], x[i - 1], y[i - 1]);
      }
    }
    return null;
  }

  private static double[] unboxed(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private enum Method {
    PLATT,
    ISOTONIC
  }

  private enum Input {
    MARGIN,
    PREDICTION
  }
}
