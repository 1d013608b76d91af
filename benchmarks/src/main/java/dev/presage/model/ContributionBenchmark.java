package dev.presage.model;

import dev.presage.model.contribution.Contributions;
import java.util.Arrays;
import java.util.Objects;
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

  private Booster booster;
  private Contributions contributions;
  private double[] target;
  private double[][] rows;
  private float[][] nativeRows;
  private int next;

  @Setup(Level.Trial)
  public void train() throws XGBoostError, ModelRefusedException {
    RandomModel model = RandomModel.train(FEATURES, TREES, DEPTH);
    booster = model.booster();
    rows = model.rows();
    nativeRows = Arrays.stream(rows).map(BoosterArtefact::floats).toArray(float[][]::new);
    Predictor predictor = model.load();
    contributions = Objects.requireNonNull(predictor.contributions());
    target = new double[FEATURES];
  }

  /** Compiled trees. */
  @Benchmark
  public double[] compiled() {
    contributions.write(0, rows[next++ & (rows.length - 1)], target);
    return target;
  }

  /** The native library, as it is called for one row. */
  @Benchmark
  public float[][] nativeLibrary() throws XGBoostError {
    DMatrix row = new DMatrix(nativeRows[next++ & (rows.length - 1)], 1, FEATURES, Float.NaN);
    try {
      return booster.predictContrib(row, 0);
    } finally {
      row.dispose();
    }
  }
}
