package dev.presage.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.ApplyOutcome;
import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.ModelRefusedException;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.live.LiveQuality;
import dev.presage.retrain.live.LiveQualityMeasurement;
import dev.presage.retrain.live.ServedScore;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.runs.Training;
import dev.presage.retrain.runs.TrainingOutcome;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Baseline;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.TraitDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The demo's question on the demo's data, without a broker: train on the orders before September
 * 2011, score every event from then on, and look what really happened.
 */
class RealDataTest {
  private static final Instant GO_LIVE = Instant.parse("2011-09-01T00:00:00Z");
  private static final TraitDefinition TRAIT =
      Histories.orders("likelihood-to-repurchase-30d", "orders_lifetime >= 1", Duration.ofDays(30));

  @Test
  void shouldBeatTheBestSingleFeatureOnScoresServedLater()
      throws IOException, ModelRefusedException {
    FeatureEngine engine =
        new FeatureEngine(FeatureDeclarations.read(RealHistory.DEMO.resolve("features.yaml")));
    List<Entry> all = RealHistory.read();
    List<Entry> known =
        all.stream().filter(it -> it.event().getOccurredAt().isBefore(GO_LIVE)).toList();
    Shelf models = new Shelf();
    Training training =
        new Training(
            engine,
            Histories.of(Histories.partitioned(known, 4)),
            models,
            RowPlan.standard(),
            InstantSource.fixed(GO_LIVE),
            "test");

    TrainingOutcome outcome = training.run(TRAIT, (state, step, done) -> {});

    assertThat(outcome).isInstanceOf(TrainingOutcome.Published.class);
    ModelArtefact artefact = models.published().getFirst();
    assertThat(artefact.getLineage().getTrainedUntil()).isBefore(GO_LIVE);
    LoadedModel model =
        new ModelLoader(ModelLimits.DEFAULTS).load(artefact, engine.schema().fingerprint());
    LiveQuality quality =
        new LiveQualityMeasurement(
                (trait, from, until) -> serve(engine, model, all),
                Histories.of(Histories.partitioned(all, 4)))
            .measure(Trait.compile(TRAIT, engine.schema()), GO_LIVE.toEpochMilli(), Long.MAX_VALUE);

    assertThat(quality.model().rows()).isGreaterThan(5_000);
    assertThat(quality.openRows()).isGreaterThan(1_000);
    assertThat(quality.model().auc()).isGreaterThan(quality.baseline().auc() + 0.01);
    assertThat(quality.model().prAuc()).isGreaterThan(quality.baseline().prAuc());
    assertThat(quality.model().logLoss()).isLessThan(quality.baseline().logLoss());
  }

  private static List<ServedScore> serve(FeatureEngine engine, LoadedModel model, List<Entry> all) {
    Trait trait = Trait.compile(TRAIT, engine.schema());
    Baseline baseline = Objects.requireNonNull(model.baseline());
    int index = engine.schema().names().indexOf(baseline.getFeature());
    Map<String, ProfileState> states = new HashMap<>();
    double[] vector = new double[engine.schema().size()];
    List<ServedScore> served = new ArrayList<>();
    for (Entry entry : all) {
      ProfileState state = states.computeIfAbsent(entry.profileId(), id -> engine.newState());
      if (!ApplyOutcome.APPLIED.equals(engine.apply(state, entry.event()))) {
        continue;
      }
      engine.vector(state, state.newestEventMillis(), vector);
      if (state.newestEventMillis() >= GO_LIVE.toEpochMilli() && trait.isEligible(vector)) {
        double x = Double.isNaN(vector[index]) ? baseline.getMissing() : vector[index];
        served.add(
            new ServedScore(
                entry.profileId(),
                state.newestEventMillis(),
                model.predictor().predict(vector),
                baseline.getFeature(),
                1 / (1 + Math.exp(-(baseline.getIntercept() + baseline.getSlope() * x)))));
      }
    }
    return served;
  }
}
