package dev.presage.model;

import dev.presage.schemas.avro.GoldenRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors with what the trainer predicted for them: a model must predict the same. */
final class GoldenRows {
  private static final int MAX_ULPS = 1;

  private final List<GoldenRow> rows;

  private GoldenRows(List<GoldenRow> rows) {
    this.rows = rows;
  }

  /** The rows, once it is known that each has {@code features} values. */
  static GoldenRows of(List<GoldenRow> golden, int features) throws ModelRefusedException {
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
    return new GoldenRows(List.copyOf(golden));
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
    for (int i = 0; i < rows.size(); i++) {
      GoldenRow row = rows.get(i);
      double[] vector = row.getFeatures().stream().mapToDouble(Double::doubleValue).toArray();
      float margin = predictor.margin(vector);
      if (Double.doubleToLongBits(margin) != Double.doubleToLongBits(row.getMargin())) {
        return "golden row %d has the margin %s, but the model gives %s"
            .formatted(i, row.getMargin(), (double) margin);
      }
      double prediction = predictor.predict(vector);
      if (!near((float) prediction, (float) row.getPrediction())) {
        return "golden row %d has the prediction %s, but the model gives %s"
            .formatted(i, row.getPrediction(), prediction);
      }
    }
    return null;
  }

  static boolean near(float a, float b) {
    return !Float.isNaN(a)
        && !Float.isNaN(b)
        && Math.abs((long) ordinal(a) - ordinal(b)) <= MAX_ULPS;
  }

  /** Numbers floats by size, so that neighbours differ by 1. */
  private static int ordinal(float x) {
    int bits = Float.floatToIntBits(x);
    return bits >= 0 ? bits : Integer.MIN_VALUE - bits;
  }
}
