package dev.presage.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the prediction of one row costs, by compiled trees and by the native library. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls set-up methods first.
public class OneRowBenchmark {
  private static final int FEATURES = 30;
  private static final int ROWS = 4096;

  /** Trees and depth. */
  @Param({"100x6", "1000x8"})
  public String shape;

  private Booster booster;
  private Predictor predictor;
  private double[][] rows;
  private float[][] nativeRows;
  private int next;

  @Setup(Level.Trial)
  public void train() throws XGBoostError, ModelRefusedException {
    String[] parts = shape.split("x", -1);
    Random random = new Random(1);
    float[] data = new float[ROWS * FEATURES];
    float[] labels = new float[ROWS];
    rows = new double[ROWS][FEATURES];
    nativeRows = new float[ROWS][FEATURES];
    for (int row = 0; row < ROWS; row++) {
      for (int feature = 0; feature < FEATURES; feature++) {
        float value = random.nextFloat();
        data[row * FEATURES + feature] = value;
        nativeRows[row][feature] = value;
        rows[row][feature] = value;
      }
      labels[row] = random.nextInt(2);
    }
    DMatrix matrix = new DMatrix(data, ROWS, FEATURES, Float.NaN);
    matrix.setLabel(labels);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("objective", "binary:logistic");
    parameters.put("max_depth", Integer.valueOf(parts[1]));
    parameters.put("min_child_weight", 0);
    parameters.put("nthread", 1);
    booster =
        XGBoost.train(matrix, parameters, Integer.parseInt(parts[0]), new HashMap<>(), null, null);
    predictor = BenchmarkModels.load(booster.toByteArray("ubj"), rows[0], booster, FEATURES);
  }

  /** Compiled trees. */
  @Benchmark
  public double compiled() {
    return predictor.predict(rows[next++ & (ROWS - 1)]);
  }

  /** The native library, as it is called for one row. */
  @Benchmark
  public float[][] nativeLibrary() throws XGBoostError {
    DMatrix row = new DMatrix(nativeRows[next++ & (ROWS - 1)], 1, FEATURES, Float.NaN);
    try {
      return booster.predict(row);
    } finally {
      row.dispose();
    }
  }
}
