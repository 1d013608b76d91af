package dev.presage.model;

import dev.presage.schemas.avro.GoldenRow;
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
    double[] actual = new double[predictor.outputs()];
    for (int i = 0; i < rows.size(); i++) {
      GoldenRow row = rows.get(i);
      double[] vector = row.getFeatures().stream().mapToDouble(Double::doubleValue).toArray();
      predictor.margins(vector, actual);
      String margin =
          mismatch(i, "margin", row.getMargin(), row.getMargins(), actual, tolerance.margin());
      if (margin != null) {
        return margin;
      }
      predictor.predictions(vector, actual);
      String prediction =
          mismatch(
              i,
              "prediction",
              row.getPrediction(),
              row.getPredictions(),
              actual,
              tolerance.prediction());
      if (prediction != null) {
        return prediction;
      }
    }
    return null;
  }

  private static @Nullable String mismatch(
      int row, String what, double first, List<Double> all, double[] actual, Closeness closeness) {
    if (!closeness.holds(first, actual[0])) {
      return "golden row %d has the %s %s, but the model gives %s"
          .formatted(row, what, first, actual[0]);
    }
    if (all.size() != actual.length && !(all.isEmpty() && actual.length == 1)) {
      return "golden row %d has %d %ss, but the model gives %d"
          .formatted(row, all.size(), what, actual.length);
    }
    for (int output = 0; output < all.size(); output++) {
      if (!closeness.holds(all.get(output), actual[output])) {
        return "golden row %d has the %s %s of output %d, but the model gives %s"
            .formatted(row, what, all.get(output), output, actual[output]);
      }
    }
    return null;
  }
}
