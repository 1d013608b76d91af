package dev.presage.retrain.training;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.selection.UsedFeatures;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Some features of rows in the memory of the native library, as floats, NaN where missing. */
final class NativeMatrix implements AutoCloseable {
  private final DMatrix matrix;

  private final UsedFeatures features;

  private NativeMatrix(DMatrix matrix, UsedFeatures features) {
    this.matrix = matrix;
    this.features = features;
  }

  /** Vectors with their labels and weights. */
  static NativeMatrix of(Rows rows, UsedFeatures features, Objective objective) {
    float[] labels = new float[rows.size()];
    float[] weights = new float[rows.size()];
    boolean isWeighted = false;
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (float) objective.label(rows, row);
      weights[row] = (float) rows.weight(row);
      isWeighted |= rows.weight(row) != 1;
    }
    try {
      DMatrix matrix = new DMatrix(flat(rows, features), rows.size(), features.size(), Float.NaN);
      matrix.setLabel(labels);
      if (isWeighted) {
        matrix.setWeight(weights);
      }
      return new NativeMatrix(matrix, features);
    } catch (XGBoostError e) {
      throw new TrainingException("take %d rows".formatted(rows.size()), e);
    }
  }

  DMatrix matrix() {
    return matrix;
  }

  UsedFeatures features() {
    return features;
  }

  @Override
  public void close() {
    matrix.dispose();
  }

  private static float[] flat(Rows rows, UsedFeatures features) {
    int[] positions = features.positions().stream().mapToInt(Integer::intValue).toArray();
    float[] flat = new float[Math.multiplyExact(rows.size(), positions.length)];
    int at = 0;
    for (int row = 0; row < rows.size(); row++) {
      for (int position : positions) {
        flat[at++] = (float) rows.value(row, position);
      }
    }
    return flat;
  }
}
