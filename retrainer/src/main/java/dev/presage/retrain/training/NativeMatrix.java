package dev.presage.retrain.training;

import dev.presage.retrain.rows.Rows;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Rows in the memory of the native library, as floats, NaN where missing. */
final class NativeMatrix implements AutoCloseable {
  private final DMatrix matrix;

  private NativeMatrix(DMatrix matrix) {
    this.matrix = matrix;
  }

  /** Vectors with their outcomes. */
  static NativeMatrix of(Rows rows) {
    float[] labels = new float[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = rows.positive(row) ? 1 : 0;
    }
    try {
      DMatrix matrix = new DMatrix(flat(rows), rows.size(), rows.features(), Float.NaN);
      matrix.setLabel(labels);
      return new NativeMatrix(matrix);
    } catch (XGBoostError e) {
      throw new TrainingException("take %d rows".formatted(rows.size()), e);
    }
  }

  DMatrix matrix() {
    return matrix;
  }

  @Override
  public void close() {
    matrix.dispose();
  }

  private static float[] flat(Rows rows) {
    int features = rows.features();
    float[] flat = new float[Math.multiplyExact(rows.size(), features)];
    for (int row = 0; row < rows.size(); row++) {
      for (int feature = 0; feature < features; feature++) {
        flat[row * features + feature] = (float) rows.value(row, feature);
      }
    }
    return flat;
  }
}
