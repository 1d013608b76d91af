package dev.presage.model;

import dev.presage.schemas.avro.ModelArtefact;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to verify and compile a model of 100 trees with 20 golden rows: the second to the
 * sixth that a JVM sees, as they come hours apart and never make the compiler's best code.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH calls set-up methods first.
public class CompileBenchmark {
  private static final int GOLDEN_ROWS = 20;

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);
  private ModelArtefact artefact;

  @Setup
  public void train() throws XGBoostError {
    RandomModel model = RandomModel.train(30, 100, 6);
    artefact =
        model
            .artefact("benchmark", Arrays.copyOf(model.rows(), GOLDEN_ROWS))
            .setFeatureSchema(model.schema())
            .build();
  }

  @Benchmark
  public LoadedModel load() throws ModelRefusedException {
    return loader.load(artefact, artefact.getFeatureSchema().getFingerprint());
  }
}
