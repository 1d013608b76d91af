package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.presage.model.contribution.Contributions;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorAllocationTest {
  private static final int SCORES = 100_000;
  private static final int CONTRIBUTIONS = 20_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.1.1-binary.ubj",
        "3.1.1-softprob.json",
        "3.1.1-softmax.ubj",
        "3.1.1-categorical-partition.ubj",
        "3.1.1-linear-softprob.ubj"
      })
  void shouldScoreWithoutGarbage(String file) throws ModelRefusedException {
    PythonFixtures.Fixture fixture = PythonFixtures.fixture(file);
    Predictor predictor =
        new ModelLoader(ModelLimits.DEFAULTS)
            .load(fixture.artefact().build(), NativeModel.FINGERPRINT)
            .predictor();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double sum = score(predictor, fixture.rows());

    long before = threads.getCurrentThreadAllocatedBytes();
    sum += score(predictor, fixture.rows());
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sum).isPositive();
    assertThat(allocated).as("bytes allocated by %d scores", SCORES).isLessThan(SCORES / 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.1.1-binary.ubj",
        "3.1.1-softprob.json",
        "3.1.1-categorical-partition.ubj",
        "3.1.1-linear-softprob.ubj"
      })
  void shouldContributeWithoutGarbage(String file) throws ModelRefusedException {
    PythonFixtures.Fixture fixture = PythonFixtures.fixture(file);
    Contributions contributions =
        Objects.requireNonNull(
            new ModelLoader(ModelLimits.DEFAULTS)
                .load(fixture.artefact().build(), NativeModel.FINGERPRINT)
                .predictor()
                .contributions());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double sum = contribute(contributions, fixture.rows());

    long before = threads.getCurrentThreadAllocatedBytes();
    sum += contribute(contributions, fixture.rows());
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sum).isFinite();
    assertThat(allocated)
        .as("bytes allocated by %d contributions", CONTRIBUTIONS)
        .isLessThan(CONTRIBUTIONS / 10);
  }

  private static double contribute(Contributions contributions, List<double[]> rows) {
    double[] target = new double[contributions.features()];
    double sum = 0;
    for (int i = 0; i < CONTRIBUTIONS; i++) {
      contributions.write(i % contributions.outputs(), rows.get(i % rows.size()), target);
      sum += target[0];
    }
    return sum;
  }

  private static double score(Predictor predictor, List<double[]> rows) {
    double[] margins = new double[predictor.outputs()];
    double[] predictions = new double[predictor.outputs()];
    double sum = 0;
    for (int i = 0; i < SCORES; i++) {
      double[] row = rows.get(i % rows.size());
      predictor.margins(row, margins);
      predictor.predict(row, predictions);
      sum += predictor.predict(row) + predictions[0];
    }
    return sum;
  }
}
