package dev.presage.model;

import biz.k11i.xgboost.util.FVec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
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

/**
 * What the prediction of one row costs: by compiled trees, by the native library, and by {@code
 * ai.h2o:xgboost-predictor}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls set-up methods first.
public class OneRowBenchmark {
  private static final int FEATURES = 30;

  /** Trees and depth. */
  @Param({"100x6", "1000x8"})
  public String shape;

  private Booster booster;
  private Predictor predictor;
  private biz.k11i.xgboost.Predictor xgboostPredictor;
  private double[][] rows;
  private float[][] nativeRows;
  private FVec[] predictorRows;
  private int last;
  private int next;

  @Setup(Level.Trial)
  public void train() throws XGBoostError, ModelRefusedException, IOException {
    String[] parts = shape.split("x", -1);
    RandomModel model =
        RandomModel.train(FEATURES, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    booster = model.booster();
    predictor = model.load();
    byte[] binary = LegacyModel.of(booster.toByteArray("json"));
    xgboostPredictor = new biz.k11i.xgboost.Predictor(new ByteArrayInputStream(binary));
    rows = model.rows();
    last = rows.length - 1;
    nativeRows = Arrays.stream(rows).map(BoosterArtefact::floats).toArray(float[][]::new);
    predictorRows =
        Arrays.stream(rows).map(row -> FVec.Transformer.fromArray(row, false)).toArray(FVec[]::new);
    checkThatAllAgree();
  }

  /** Compiled trees. */
  @Benchmark
  public double compiled() {
    return predictor.predict(rows[next++ & last]);
  }

  /** The native library, as it is called for one row. */
  @Benchmark
  public float[][] nativeLibrary() throws XGBoostError {
    DMatrix row = new DMatrix(nativeRows[next++ & last], 1, FEATURES, Float.NaN);
    try {
      return booster.predict(row);
    } finally {
      row.dispose();
    }
  }

  /** H2O's port to Java; its rows are made beforehand. */
  @Benchmark
  public float xgboostPredictor() {
    return xgboostPredictor.predictSingle(predictorRows[next++ & last]);
  }

  private void checkThatAllAgree() throws XGBoostError {
    for (int i = 0; i < 100; i++) {
      double ours = predictor.predict(rows[i]);
      next = i;
      float theirs = xgboostPredictor();
      next = i;
      float reference = nativeLibrary()[0][0];
      if (Math.abs(ours - reference) > 1e-6 || Math.abs(theirs - reference) > 1e-4) {
        throw new IllegalStateException(
            "row %d: compiled %s, xgboost-predictor %s, native %s"
                .formatted(i, ours, theirs, reference));
      }
    }
    next = 0;
  }
}
