package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.presage.schemas.avro.ModelKind;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PredictorAllocationTest {
  private static final int SCORES = 100_000;

  @Test
  void shouldScoreWithoutGarbage() throws ModelRefusedException {
    NativeModel model = NativeModel.train(NativeModel.Plan.of("binary:logistic", 8, 20, 5), 4);
    Predictor predictor =
        new ModelLoader(ModelLimits.DEFAULTS)
            .load(model.artefact(ModelKind.XGBOOST_UBJSON).build(), NativeModel.FINGERPRINT)
            .predictor();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double sum = score(predictor, model);

    long before = threads.getCurrentThreadAllocatedBytes();
    sum += score(predictor, model);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sum).isPositive();
    assertThat(allocated).as("bytes allocated by %d scores", SCORES).isLessThan(SCORES / 10);
  }

  private static double score(Predictor predictor, NativeModel model) {
    double sum = 0;
    for (int i = 0; i < SCORES; i++) {
      sum += predictor.predict(model.rows.get(i % model.rows.size()));
    }
    return sum;
  }
}
