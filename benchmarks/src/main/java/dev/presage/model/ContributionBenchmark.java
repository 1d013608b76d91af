package dev.presage.model;

import dev.presage.model.contribution.Contributions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the contributions to one margin cost, by compiled trees and by the native library. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls set-up methods first.
public class ContributionBenchmark {
  private static final int TREES = 100;
  private static final int DEPTH = 6;
  private static final int FEATURES = 30;
  private static final int ROWS = 4096;

  private Booster booster;
  private Contributions contributions;
  private double[] target;
  private double[][] rows;
  private float[][] nativeRows;
  private int next;

  @Setup(Level.Trial)
  public void train() throws XGBoostError, ModelRefusedException {
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
    parameters.put("max_depth", DEPTH);
    parameters.put("min_child_weight", 0);
    parameters.put("nthread", 1);
    booster = XGBoost.train(matrix, parameters, TREES, new HashMap<>(), null, null);
    Predictor predictor =
        BenchmarkModels.load(booster.toByteArray("ubj"), rows[0], booster, FEATURES);
    contributions = Objects.requireNonNull(predictor.contributions());
    target = new double[FEATURES];
  }

  /** Compiled trees. */
  @Benchmark
  public double[] compiled() {
    contributions.write(0, rows[next++ & (ROWS - 1)], target);
    return target;
  }

  /** The native library, as it is called for one row. */
  @Benchmark
  public float[][] nativeLibrary() throws XGBoostError {
    DMatrix row = new DMatrix(nativeRows[next++ & (ROWS - 1)], 1, FEATURES, Float.NaN);
    try {
      return booster.predictContrib(row, 0);
    } finally {
      row.dispose();
    }
  }
}
