package dev.presage.retrain.training;

import dev.presage.retrain.rows.Rows;
import java.util.Map;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** An ensemble in the memory of the native library. Used by one thread. */
public final class BoostedTrees implements AutoCloseable {
  private final Booster booster;
  private int rounds;

  private BoostedTrees(Booster booster) {
    this.booster = booster;
  }

  static BoostedTrees untrained(NativeMatrix rows, TreeParameters parameters) {
    try {
      return new BoostedTrees(
          XGBoost.train(rows.matrix(), parameters.asXgboost(), 0, Map.of(), null, null));
    } catch (XGBoostError e) {
      throw new TrainingException("start with " + parameters, e);
    }
  }

  void addTree(NativeMatrix rows) {
    try {
      booster.update(rows.matrix(), rounds);
      rounds++;
    } catch (XGBoostError e) {
      throw new TrainingException("add tree " + rounds, e);
    }
  }

  /** Number of trees. */
  public int rounds() {
    return rounds;
  }

  /** The probability of each row, in [0, 1], as the native library computes it. */
  public double[] predict(Rows rows) {
    try (NativeMatrix matrix = NativeMatrix.of(rows)) {
      return outputs(matrix, false);
    }
  }

  /** The sum of the leaves of each row, before the logistic function. */
  public double[] margins(Rows rows) {
    try (NativeMatrix matrix = NativeMatrix.of(rows)) {
      return outputs(matrix, true);
    }
  }

  /** The ensemble in XGBoost's UBJSON layout. */
  public byte[] toUbjson() {
    try {
      return booster.toByteArray("ubj");
    } catch (XGBoostError e) {
      throw new TrainingException("write the model", e);
    }
  }

  /**
   * Of each feature the mean of what XGBoost says of the splits on it; 0 where there is none.
   *
   * @param figure {@code gain} or {@code cover}, as XGBoost's types of importance
   */
  public double[] meanOfSplits(String figure, int features) {
    try {
      Map<String, Double> means = booster.getScore("", figure);
      return IntStream.range(0, features)
          .mapToDouble(feature -> means.getOrDefault("f" + feature, 0.0))
          .toArray();
    } catch (XGBoostError e) {
      throw new TrainingException("tell the " + figure + " of splits", e);
    }
  }

  double[] outputs(NativeMatrix rows, boolean margin) {
    try {
      float[][] raw = booster.predict(rows.matrix(), margin);
      double[] outputs = new double[raw.length];
      for (int row = 0; row < raw.length; row++) {
        outputs[row] = raw[row][0];
      }
      return outputs;
    } catch (XGBoostError e) {
      throw new TrainingException("predict", e);
    }
  }

  @Override
  public void close() {
    booster.dispose();
  }
}
