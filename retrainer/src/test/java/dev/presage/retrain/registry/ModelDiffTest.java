package dev.presage.retrain.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.presage.retrain.registry.ModelDiff.Change;
import dev.presage.retrain.registry.ModelDiff.FeatureChange;
import dev.presage.retrain.registry.ModelDiff.FeatureUse;
import dev.presage.retrain.registry.ModelDiff.Figure;
import dev.presage.retrain.registry.ModelDiff.FigureChange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelDiffTest {
  private static final ModelDiff DIFF = ModelDiff.of(Dossiers.first("t"), Dossiers.second("t"));

  @Test
  void shouldSayByHowMuchFiguresDifferWithTheirIntervals() {
    FigureChange auc =
        DIFF.figures().stream().filter(ModelDiffTest::isAuc).findFirst().orElseThrow();

    assertThat(auc.from()).isEqualTo(new Figure(0.8, 0.78, 0.82));
    assertThat(auc.to()).isEqualTo(new Figure(0.81, 0.79, 0.83));
    assertThat(auc.difference()).isEqualTo(0.01, within(1e-12));
    assertThat(DIFF.figures())
        .extracting(it -> it.of() + ":" + it.name())
        .containsExactly(":rows", ":auc", ":logLoss", "baseline:auc", "population.never:auc");
    assertThat(DIFF.figures().getFirst().difference()).as("of rows of one alone").isNull();
  }

  @Test
  void shouldCompareOnTheSameRowsWhereOneWasLiveWhenTheOtherWasTrained() {
    FigureChange auc = DIFF.sameRows().getFirst();
    assertThat(auc.from()).isEqualTo(new Figure(0.79, null, null));
    assertThat(auc.to()).isEqualTo(new Figure(0.81, 0.79, 0.83));
    assertThat(DIFF.sameRows()).extracting(FigureChange::name).containsExactly("auc", "logLoss");

    FigureChange back =
        ModelDiff.of(Dossiers.second("t"), Dossiers.first("t")).sameRows().getFirst();
    assertThat(back.from()).isEqualTo(auc.to());
    assertThat(back.to()).isEqualTo(auc.from());
    assertThat(ModelDiff.of(Dossiers.first("t"), Dossiers.first("t")).sameRows()).isEmpty();
  }

  @Test
  void shouldShowOnlyTheParametersThatDiffer() {
    assertThat(DIFF.parameters()).containsExactly(new Change("max_depth", "4", "6"));
  }

  @Test
  void shouldSayWhatBecameOfEachFeature() {
    Map<String, FeatureChange> features =
        DIFF.features().stream().collect(Collectors.toMap(FeatureChange::feature, it -> it));

    assertThat(DIFF.features())
        .extracting(FeatureChange::feature)
        .containsExactly("revenue_30d", "orders_30d", "visits_7d", "constant_one");
    assertThat(features)
        .hasEntrySatisfying(
            "visits_7d", it -> assertThat(it.droppedTo()).isEqualTo("is as orders_30d"));
    assertThat(features.get("revenue_30d"))
        .isEqualTo(new FeatureChange("revenue_30d", null, new FeatureUse(1, 0.6), null, null));
    assertThat(features.values())
        .extracting(FeatureChange::feature, FeatureChange::change)
        .containsExactlyInAnyOrder(
            tuple("revenue_30d", "new"),
            tuple("orders_30d", "down by 1"),
            tuple("visits_7d", "gone"),
            tuple("constant_one", "used by neither"));
  }

  @Test
  void shouldShowStageCalibrationLineageAndServiceOfBoth() {
    assertThat(DIFF.stage())
        .contains(new Change("stage", "RETIRED", "LIVE"), new Change("scores", "no", "yes"));
    assertThat(DIFF.calibration())
        .startsWith(new Change("method", "none", "PLATT"))
        .contains(new Change("slope", null, "0.9"));
    assertThat(texts(DIFF.lineage()))
        .contains(entry("in place of", "null, v1"), entry("training rows", "12345, 12345"));
    assertThat(DIFF.inService().stream().filter(ModelDiffTest::isAuc))
        .containsExactly(new FigureChange("", "auc", null, new Figure(0.75, null, null), null));
  }

  @Test
  void shouldRefuseVersionsOfTwoTraits() {
    assertThatThrownBy(() -> ModelDiff.of(Dossiers.first("t"), Dossiers.second("u")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t and u");
  }

  private static boolean isAuc(FigureChange change) {
    return change.of().isEmpty() && change.name().equals("auc");
  }

  private static Map<String, String> texts(List<Change> changes) {
    return changes.stream()
        .collect(Collectors.toMap(Change::name, it -> it.from() + ", " + it.to()));
  }
}
