package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.presage.schemas.avro.Band;
import dev.presage.schemas.avro.Calibration;
import dev.presage.schemas.avro.CalibrationInput;
import dev.presage.schemas.avro.CalibrationMethod;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models of every kind but XGBoost's score without garbage. */
class KindsAllocationTest {
  private static final int SCORES = 50_000;
  private static final double[] VECTOR = {5, 3, 250, 14, 300, 40};

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldScoreWithoutGarbage() throws Exception {
    allocatesNothing(own(ModelKind.LINEAR, Examples.LINEAR), VECTOR);
    allocatesNothing(own(ModelKind.COMPOSITE, Examples.PRODUCT), VECTOR);
    allocatesNothing(own(ModelKind.COMPOSITE, Examples.POPULATIONS), VECTOR);
    allocatesNothing(own(ModelKind.BUY_TILL_YOU_DIE, Examples.BUY_TILL_YOU_DIE), VECTOR);
    allocatesNothing(own(ModelKind.SEGMENTATION, Examples.SEGMENTATION), VECTOR);
    for (String objective : new String[] {"binary", "multiclass num_class=3"}) {
      NativeLightgbm model =
          NativeLightgbm.train(new NativeLightgbm.Plan(objective, 6, 5, "num_leaves=8"), 1);
      allocatesNothing(model.artefact(), model.rows.getFirst());
    }
  }

  @Test
  void shouldCalibrateAndNameBandsWithoutGarbage() throws Exception {
    Calibration calibration =
        Calibration.newBuilder()
            .setMethod(CalibrationMethod.ISOTONIC)
            .setInput(CalibrationInput.PREDICTION)
            .setX(List.of(0.0, 0.2, 1.0))
            .setY(List.of(0.1, 0.3, 0.9))
            .build();
    ModelArtefact.Builder artefact =
        own(ModelKind.LINEAR, Examples.LINEAR)
            .setBands(List.of(new Band("top", 0.5), new Band("rest", 0.0)));
    Predictor raw = load(artefact).predictor();
    double expected = 0.3 + 0.6 * (raw.predict(VECTOR) - 0.2) / 0.8;
    artefact
        .setCalibration(calibration)
        .setGoldenRows(List.of(ModelArtefacts.goldenRow(VECTOR, raw.margin(VECTOR), expected)));

    allocatesNothing(artefact, VECTOR);
  }

  private void allocatesNothing(ModelArtefact.Builder artefact, double[] vector) throws Exception {
    LoadedModel model = load(artefact);
    double[] target = new double[model.predictor().outputs()];
    score(model, vector, target);

    long before = threads.getCurrentThreadAllocatedBytes();
    score(model, vector, target);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated)
        .as("bytes allocated by %d scores of %s", SCORES, artefact.getKind())
        .isLessThan(SCORES / 10);
  }

  private static void score(LoadedModel model, double[] vector, double[] target) {
    for (int i = 0; i < SCORES; i++) {
      double score = model.predictor().margin(vector) + model.predictor().predict(vector);
      model.predictor().margins(vector, target);
      model.predictor().predict(vector, target);
      if (Double.isNaN(score) || "none".equals(model.bands().of(score))) {
        throw new AssertionError("no score");
      }
    }
  }

  private static ModelArtefact.Builder own(ModelKind kind, String model) throws Exception {
    return OwnArtefacts.of(kind, model, Examples.FEATURES, VECTOR);
  }

  private static LoadedModel load(ModelArtefact.Builder artefact) throws Exception {
    return new ModelLoader(ModelLimits.DEFAULTS).load(artefact.build(), NativeModel.FINGERPRINT);
  }
}
