package dev.presage.model;

import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.ModelArtefact;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** A model that the native library trained on random labels of random rows, and those rows. */
public final class RandomModel {
  private static final int ROWS = 4096;
  private static final String FINGERPRINT = "benchmark";

  private final Booster booster;
  private final double[][] rows;

  private RandomModel(Booster booster, double[][] rows) {
    this.booster = booster;
    this.rows = rows;
  }

  /** Trains {@code binary:logistic}; the same each time. */
  public static RandomModel train(int features, int trees, int depth) throws XGBoostError {
    Random random = new Random(1);
    double[][] rows = new double[ROWS][features];
    float[] labels = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int feature = 0; feature < features; feature++) {
        rows[row][feature] = random.nextFloat();
      }
      labels[row] = random.nextInt(2);
    }
    DMatrix matrix = BoosterArtefact.matrix(rows);
    matrix.setLabel(labels);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("objective", "binary:logistic");
    parameters.put("max_depth", depth);
    parameters.put("min_child_weight", 0);
    parameters.put("nthread", 1);
    Booster booster = XGBoost.train(matrix, parameters, trees, new HashMap<>(), null, null);
    matrix.dispose();
    return new RandomModel(booster, rows);
  }

  Booster booster() {
    return booster;
  }

  /** Values from 0 to 1 by feature; their number is a power of two. */
  public double[][] rows() {
    return rows;
  }

  /** A schema of as many features as the rows have values. */
  public FeatureSchema schema() {
    return new FeatureSchema(
        FINGERPRINT, IntStream.range(0, rows[0].length).mapToObj(i -> "f" + i).toList());
  }

  /** The artefact, version 1, with golden rows; it lacks its feature schema. */
  public ModelArtefact.Builder artefact(String trait, double[][] golden) throws XGBoostError {
    return BoosterArtefact.of(booster, trait, golden);
  }

  /** Takes it through the same checks as one from the topic. */
  Predictor load() throws XGBoostError, ModelRefusedException {
    ModelArtefact artefact =
        artefact("benchmark", new double[][] {rows[0]}).setFeatureSchema(schema()).build();
    return new ModelLoader(ModelLimits.DEFAULTS).load(artefact, FINGERPRINT).predictor();
  }
}
