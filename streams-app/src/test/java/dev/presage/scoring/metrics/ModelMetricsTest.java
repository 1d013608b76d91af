package dev.presage.scoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModels;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.TestModels;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {
  private static final String TRAIT = "churn";

  private final FeatureSchema schema = new FeatureEngine(TestFeatures.declarations()).schema();
  private final LiveModels models =
      new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), schema.fingerprint());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ModelMetrics metrics = new ModelMetrics(meters);

  @Test
  void shouldCountRefusalsByCode() {
    metrics.decided(
        models.refuse(TRAIT + "/v1", RefusalCode.UNREADABLE, "nonsense"),
        List.of(models.current()));

    assertThat(
            meters
                .counter(
                    "presage.model.decisions",
                    "trait",
                    TRAIT,
                    "outcome",
                    "REJECTED",
                    "code",
                    "UNREADABLE")
                .count())
        .isEqualTo(1);
  }

  @Test
  void shouldShowWhichVersionsScoreAndHowManyAreLoaded() {
    offer("v1", ModelStage.LIVE);
    offer("v2", ModelStage.LIVE);
    offer("v3", ModelStage.CANARY);
    offer("v4", ModelStage.SHADOW);

    assertThat(meters.find("presage.models.serving").gauges())
        .extracting(it -> it.getId().getTag("version") + " " + it.getId().getTag("stage"))
        .containsExactlyInAnyOrder("v2 LIVE", "v3 CANARY", "v4 SHADOW");
    assertThat(loaded("LIVE")).isEqualTo(2);
    assertThat(loaded("CANARY")).isEqualTo(1);

    offer("v2", ModelStage.RETIRED);
    assertThat(meters.find("presage.models.serving").tag("stage", "LIVE").gauge())
        .extracting(it -> it.getId().getTag("version"))
        .isEqualTo("v1");
    assertThat(loaded("LIVE")).isEqualTo(1);
  }

  @Test
  void shouldForgetAVersionThatIsNotThereAnyMore() {
    offer("v1", ModelStage.SHADOW);
    metrics.challenged(shadow(), 0.75, 0.5);
    assertThat(meters.summary("presage.challenger.difference", "trait", TRAIT, "version", "v1"))
        .satisfies(it -> assertThat(it.totalAmount()).isEqualTo(0.25));

    offer("v1", ModelStage.RETIRED);

    assertThat(meters.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .doesNotContain("presage.challenger.difference", "presage.challenger.scores");
  }

  @Test
  void shouldCountScoresWithoutGarbage() {
    offer("v1", ModelStage.SHADOW);
    LoadedModel shadow = shadow();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    count(shadow, 100_000);

    long before = threads.getCurrentThreadAllocatedBytes();
    count(shadow, 100_000);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private void count(LoadedModel shadow, int times) {
    for (int i = 0; i < times; i++) {
      metrics.challenged(shadow, i, 0.5);
    }
  }

  private LoadedModel shadow() {
    return Objects.requireNonNull(models.current().shadows(TRAIT).getFirst());
  }

  private double loaded(String stage) {
    return meters.get("presage.models.loaded").tag("stage", stage).gauge().value();
  }

  private void offer(String version, ModelStage stage) {
    ModelArtefact artefact =
        ModelArtefact.newBuilder(
                TestModels.stump(schema, TRAIT, version, "orders_lifetime", 9, -1, 1))
            .setStage(stage)
            .build();
    metrics.decided(models.offer(artefact), List.of(models.current()));
  }
}
