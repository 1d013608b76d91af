package dev.presage.model;

import dev.presage.schemas.avro.GoldenRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors with what the trainer predicted for them: a model must predict the same. */
final class GoldenRows {
  private final List<GoldenRow> rows;
  private final Tolerance tolerance;

  private GoldenRows(List<GoldenRow> rows, Tolerance tolerance) {
    this.rows = rows;
    this.tolerance = tolerance;
  }

  /** The rows, once it is known that each has {@code features} values. */
  static GoldenRows of(List<GoldenRow> golden, int features, Tolerance tolerance)
      throws ModelRefusedException {
    if (golden.isEmpty()) {
      throw new ModelRefusedException(
          RefusalCode.NO_GOLDEN_ROWS,
          "the artefact has no golden rows; add vectors with the trainer's margin and prediction");
    }
    for (int i = 0; i < golden.size(); i++) {
      int values = golden.get(i).getFeatures().size();
      if (values != features) {
        throw new ModelRefusedException(
            RefusalCode.FEATURE_MISMATCH,
            "golden row %d has %d values, the feature schema has %d features; write every value, NaN where it is missing"
                .formatted(i, values, features));
      }
    }
    return new GoldenRows(List.copyOf(golden), tolerance);
  }

  /** The first of the candidates for which all rows hold. */
  Predictor choose(List<Predictor> candidates) throws ModelRefusedException {
    String first = null;
    for (Predictor candidate : candidates) {
      String mismatch = mismatch(candidate);
      if (mismatch == null) {
        return candidate;
      }
      first = first == null ? mismatch : first;
    }
    throw new ModelRefusedException(
        RefusalCode.GOLDEN_ROW_MISMATCH,
        first
            + "; take payload and golden rows from the same model, in the feature schema's order");
  }

  private @Nullable String mismatch(Predictor predictor) {
    double[] outputs = new double[predictor.outputs()];
    for (int i = 0; i < rows.size(); i++) {
      GoldenRow row = rows.get(i);
      double[] vector = row.getFeatures().stream().mapToDouble(Double::doubleValue).toArray();
      List<@Nullable String> found = new ArrayList<>();
      found.add(mismatch("margin", row.getMargin(), predictor.margin(vector), tolerance.margin()));
      predictor.margins(vector, outputs);
      found.add(mismatch("margin", row.getMargins(), outputs, tolerance.margin()));
      found.add(
          mismatch(
              "prediction",
              row.getPrediction(),
              predictor.predict(vector),
              tolerance.prediction()));
      predictor.predict(vector, outputs);
      found.add(mismatch("prediction", row.getPredictions(), outputs, tolerance.prediction()));
      for (String mismatch : found) {
        if (mismatch != null) {
          return "golden row " + i + " has " + mismatch;
        }
      }
    }
    return null;
  }

  private static @Nullable String mismatch(
      String what, List<Double> expected, double[] actual, Closeness closeness) {
    if (expected.isEmpty()) {
      return null;
    }
    if (expected.size() != actual.length) {
      return "%d %ss, but the model gives %d".formatted(expected.size(), what, actual.length);
    }
    for (int output = 0; output < actual.length; output++) {
      String mismatch =
          mismatch(what + " " + output, expected.get(output), actual[output], closeness);
      if (mismatch != null) {
        return mismatch;
      }
    }
    return null;
  }

  private static @Nullable String mismatch(
      String what, double expected, double actual, Closeness closeness) {
    return closeness.holds(expected, actual)
        ? null
        : "the %s %s, but the model gives %s".formatted(what, expected, actual);
  }
}
