package dev.presage.retrain.training;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.selection.UsedFeatures;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** An ensemble in the memory of the native library. Used by one thread. */
public final class BoostedTrees implements AutoCloseable {
  private final Booster booster;
  private final UsedFeatures features;
  private final Objective objective;
  private int rounds;

  private BoostedTrees(Booster booster, UsedFeatures features, Objective objective) {
    this.booster = booster;
    this.features = features;
    this.objective = objective;
  }

  static BoostedTrees untrained(
      NativeMatrix rows, Objective objective, TreeParameters parameters, int threads) {
    Map<String, Object> all = new HashMap<>(parameters.asXgboost(objective));
    all.put("nthread", threads);
    try {
      Booster booster = XGBoost.train(rows.matrix(), all, 0, Map.of(), null, null);
      // By name, those who serve it find the features that it uses among all others.
      booster.setFeatureNames(rows.features().names().toArray(String[]::new));
      return new BoostedTrees(booster, rows.features(), objective);
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

  /** The prediction of each row, a probability or an amount, as the native library computes it. */
  public double[] predict(Rows rows) {
    try (NativeMatrix matrix = NativeMatrix.of(rows, features, objective)) {
      return outputs(matrix, false);
    }
  }

  /** The sum of the leaves of each row, before the objective's transformation. */
  public double[] margins(Rows rows) {
    try (NativeMatrix matrix = NativeMatrix.of(rows, features, objective)) {
      return outputs(matrix, true);
    }
  }

  /** The ensemble in XGBoost's UBJSON layout. */
  public byte[] toUbjson() {
    return written("ubj");
  }

  /** The ensemble in XGBoost's JSON layout, an object. */
  public String toJson() {
    return new String(written("json"), StandardCharsets.UTF_8);
  }

  private byte[] written(String format) {
    try {
      return booster.toByteArray(format);
    } catch (XGBoostError e) {
      throw new TrainingException("write the model", e);
    }
  }

  /**
   * Of each feature of the schema the mean of what XGBoost says of the splits on it; 0 where there
   * is none.
   *
   * @param figure {@code gain} or {@code cover}, as XGBoost's types of importance
   */
  public double[] meanOfSplits(String figure) {
    try {
      Map<String, Double> means = booster.getScore(features.names().toArray(String[]::new), figure);
      return features.schema().stream()
          .mapToDouble(feature -> means.getOrDefault(feature, 0.0))
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
