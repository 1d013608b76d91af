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
import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.baseline.SingleFeature;
import dev.presage.retrain.evaluation.ValueFigure;
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
import dev.presage.schemas.avro.TraitKind;
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

  /** What a customer will spend in the next 30 days. */
  private static final TraitDefinition SPENDING =
      TraitDefinition.newBuilder(
              Histories.orders("value-30d", "orders_lifetime >= 1", Duration.ofDays(30)))
          .setKind(TraitKind.VALUE)
          .setSumOf("revenue")
          .build();

  private final Shelf models = new Shelf();

  @Test
  void shouldBeatTheBestSingleFeatureOnScoresServedLater()
      throws IOException, ModelRefusedException {
    LiveQuality quality = serveLater(TRAIT);

    assertThat(quality.model().rows()).isGreaterThan(5_000);
    assertThat(quality.openRows()).isGreaterThan(1_000);
    assertThat(quality.model().auc()).isGreaterThan(quality.baseline().auc() + 0.01);
    assertThat(quality.model().prAuc()).isGreaterThan(quality.baseline().prAuc());
    assertThat(quality.model().logLoss()).isLessThan(quality.baseline().logLoss());
  }

  @Test
  void shouldForetellAmountsBetterThanTheBestSingleFeatureDoes()
      throws IOException, ModelRefusedException {
    LiveQuality quality = serveLater(SPENDING);

    assertThat(quality.model().rows()).isGreaterThan(5_000);
    assertThat(quality.model().value(ValueFigure.DEVIANCE))
        .isLessThan(quality.baseline().value(ValueFigure.DEVIANCE));
    assertThat(quality.model().value(ValueFigure.SPEARMAN))
        .isGreaterThan(quality.baseline().value(ValueFigure.SPEARMAN));
  }

  /** Trains on what is known on the day, and joins what is served from then on with what came. */
  private LiveQuality serveLater(TraitDefinition definition)
      throws IOException, ModelRefusedException {
    FeatureEngine engine =
        new FeatureEngine(FeatureDeclarations.read(RealHistory.DEMO.resolve("features.yaml")));
    List<Entry> all = RealHistory.read();
    List<Entry> known =
        all.stream().filter(it -> it.event().getOccurredAt().isBefore(GO_LIVE)).toList();
    Training training =
        new Training(
            engine,
            Histories.of(Histories.partitioned(known, 4)),
            models,
            RowPlan.standard(),
            InstantSource.fixed(GO_LIVE),
            "test");

    TrainingOutcome outcome = training.run(definition, (state, step, done) -> {});

    assertThat(outcome).isInstanceOf(TrainingOutcome.Published.class);
    ModelArtefact artefact = models.published().getFirst();
    assertThat(artefact.getLineage().getTrainedUntil()).isBefore(GO_LIVE);
    LoadedModel model =
        new ModelLoader(ModelLimits.DEFAULTS).load(artefact, engine.schema().fingerprint());
    Trait trait = Trait.compile(definition, engine.schema());
    return new LiveQualityMeasurement(
            (asked, from, until) -> serve(engine, trait, model, all),
            Histories.of(Histories.partitioned(all, 4)))
        .measure(trait, GO_LIVE.toEpochMilli(), Long.MAX_VALUE);
  }

  private static List<ServedScore> serve(
      FeatureEngine engine, Trait trait, LoadedModel model, List<Entry> all) {
    Baseline published = Objects.requireNonNull(model.baseline());
    SingleFeature baseline =
        new SingleFeature(
            Scale.of(trait.kind()),
            published.getFeature(),
            engine.schema().names().indexOf(published.getFeature()),
            published.getIntercept(),
            published.getSlope(),
            published.getMissing());
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
        served.add(
            new ServedScore(
                entry.profileId(),
                state.newestEventMillis(),
                model.predictor().predict(vector),
                baseline.name(),
                baseline.predict(vector[baseline.index()])));
      }
    }
    return served;
  }
}
