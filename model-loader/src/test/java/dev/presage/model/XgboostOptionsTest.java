package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an artefact asks of a model beyond its file, and what golden rows decide of it. */
class XgboostOptionsTest {
  private static final NativeModel FOREST =
      NativeModel.train(
          NativeModel.Plan.of("binary:logitraw", 4, 10, 3)
              .with("num_parallel_tree", 3)
              .with("subsample", 0.5),
          1);
  private static final NativeModel CLASSES =
      NativeModel.train(NativeModel.Plan.of("multi:softprob", 4, 10, 3).with("num_class", 3), 2);

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @Test
  void shouldPredictWithTheIterationsThatAreAskedFor() throws ModelRefusedException {
    float[] margins = FOREST.marginsOf(4 * 3);

    Predictor predictor = load(asking(golden(FOREST, margins), "predict.iteration_range", "0:4"));

    assertMargins(predictor, FOREST, margins);
  }

  @Test
  void shouldKnowTheIterationsOfFilesThatDoNotListThem() throws ModelRefusedException {
    PythonFixtures.Fixture old = PythonFixtures.fixture("1.7.6-regression.ubj");

    Predictor all = load(asking(old.artefact(), "predict.iteration_range", "0:4"));

    assertThat(all.margin(old.rows().get(0))).isEqualTo(old.margins().get(0)[0]);
    refused(
        asking(old.artefact(), "predict.iteration_range", "0:5"),
        RefusalCode.INVALID_PARAMETER,
        "predict.iteration_range is 0:5, but the model has 4 iterations");
  }

  @Test
  void shouldRefuseIterationsThatCannotBe() {
    for (String range : List.of("", "5", "3:3", "4:2", "-1:3", "0:9999999999", "a:b")) {
      refused(
          asking(FOREST.artefact(ModelKind.XGBOOST_UBJSON), "predict.iteration_range", range),
          RefusalCode.INVALID_PARAMETER,
          "predict.iteration_range is \"" + range + "\" where");
    }
    refused(
        asking(
            PythonFixtures.fixture("3.1.1-linear.ubj").artefact(),
            "predict.iteration_range",
            "0:1"),
        RefusalCode.INVALID_PARAMETER,
        "gblinear has no iterations");
  }

  @Test
  void shouldTakeTheRoundsThatEarlyStoppingChoseOrAllAsGoldenRowsSay()
      throws ModelRefusedException {
    NativeModel stopped =
        NativeModel.train(NativeModel.Plan.of("binary:logitraw", 4, 10, 3), 3)
            .withAttribute("best_iteration", "5");
    float[] best = stopped.marginsOf(6);

    assertMargins(load(golden(stopped, best)), stopped, best);
    assertMargins(load(golden(stopped, stopped.margins)), stopped, stopped.margins);
    refused(
        golden(stopped, stopped.marginsOf(5)), RefusalCode.GOLDEN_ROW_MISMATCH, "has the margin");
  }

  @Test
  void shouldTakeAllRoundsWhereTheBestOneIsNone() throws ModelRefusedException {
    for (String best : List.of("", "none", "-1", "9", "10", "99999999999999999999")) {
      NativeModel model =
          NativeModel.train(NativeModel.Plan.of("binary:logitraw", 4, 10, 3), 3)
              .withAttribute("best_iteration", best);

      assertMargins(load(model.artefact(ModelKind.XGBOOST_JSON)), model, model.margins);
    }
  }

  @Test
  void shouldScoreDartAsEitherOfItsTwoWaysToPredict() throws ModelRefusedException {
    NativeModel dart =
        NativeModel.train(
            NativeModel.Plan.of("binary:logitraw", 4, 20, 3)
                .with("booster", "dart")
                .with("rate_drop", 0.5)
                .with("base_score", 0.3),
            4);
    float[] inPlace = dart.marginsInPlace();
    assertThat(inPlace).as("the two ways differ").isNotEqualTo(dart.margins);

    assertMargins(load(golden(dart, dart.margins)), dart, dart.margins);
    assertMargins(load(golden(dart, inPlace)), dart, inPlace);
  }

  @Test
  void shouldRefuseClassesThatTheModelDoesNotHave() {
    refused(
        asking(CLASSES.artefact(ModelKind.XGBOOST_UBJSON), "predict.class", "3"),
        RefusalCode.INVALID_PARAMETER,
        "predict.class is 3, but the model has the classes 0 to 2");
    refused(
        asking(CLASSES.artefact(ModelKind.XGBOOST_UBJSON), "predict.class", "-1"),
        RefusalCode.INVALID_PARAMETER,
        "predict.class is \"-1\" where the number of a class is expected");
    refused(
        asking(FOREST.artefact(ModelKind.XGBOOST_UBJSON), "predict.class", "0"),
        RefusalCode.INVALID_PARAMETER,
        "predict.class is 0, but the model has no classes");
  }

  @Test
  void shouldRefuseTargetsOfAnotherLength() throws ModelRefusedException {
    Predictor classes = load(CLASSES.artefact(ModelKind.XGBOOST_UBJSON));
    Predictor single = load(FOREST.artefact(ModelKind.XGBOOST_UBJSON));
    double[] row = FOREST.rows.get(0);

    for (Predictor predictor : List.of(classes, single)) {
      assertThatThrownBy(() -> predictor.margins(row, new double[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the target has 2 elements, the model has");
      assertThatThrownBy(() -> predictor.predict(row, new double[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> classes.predict(new double[3], new double[3]))
        .hasMessage("the vector has 3 values, the model expects 4");
  }

  /** The prediction of binary:logitraw is its margin. */
  private static ModelArtefact.Builder golden(NativeModel model, float[] margins) {
    List<GoldenRow> rows = new ArrayList<>();
    for (int i = 0; i < model.rows.size(); i++) {
      rows.add(ModelArtefacts.goldenRow(model.rows.get(i), margins[i], margins[i]));
    }
    return model.artefact(ModelKind.XGBOOST_UBJSON).setGoldenRows(rows);
  }

  private static ModelArtefact.Builder asking(
      ModelArtefact.Builder artefact, String parameter, String value) {
    Lineage lineage =
        Lineage.newBuilder(artefact.getLineage()).setParameters(Map.of(parameter, value)).build();
    return artefact.setLineage(lineage);
  }

  private static void assertMargins(Predictor predictor, NativeModel model, float[] margins) {
    for (int i = 0; i < margins.length; i++) {
      assertThat(predictor.margin(model.rows.get(i))).as("row %d", i).isEqualTo(margins[i]);
    }
  }

  private Predictor load(ModelArtefact.Builder artefact) throws ModelRefusedException {
    return loader.load(artefact.build(), NativeModel.FINGERPRINT).predictor();
  }

  private void refused(ModelArtefact.Builder artefact, RefusalCode code, String reason) {
    assertThatThrownBy(() -> load(artefact))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ModelRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
