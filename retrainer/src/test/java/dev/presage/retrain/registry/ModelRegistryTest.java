package dev.presage.retrain.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelArtefacts;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.retrain.Histories;
import dev.presage.retrain.registry.ModelImport.Wanted;
import dev.presage.schemas.avro.ChallengerMeasurement;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelMeasurement;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.ModelStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {
  private static final String TRAIT = "likely-to-order";
  private static final FeatureSchema SCHEMA = Histories.engine().schema();
  private static final String LINEAR =
      """
      {"kind": "linear", "format": 1, "link": "identity", "intercept": 1,
       "terms": [{"feature": "orders_30d", "coefficient": 2}]}
      """;
  private static final String GOLDEN = "orders_30d,margin,prediction\n1,3,3\n";

  private final Topic topic = new Topic();
  private final LiveModels live =
      new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), SCHEMA.fingerprint());
  private final ModelRegistry registry = new ModelRegistry(live, topic);
  private final ModelImport models =
      new ModelImport(SCHEMA, registry, InstantSource.fixed(Instant.EPOCH));

  /** Keeps what is published, and lets the followers see it at once. */
  private final class Topic implements ModelShelf {
    private final Map<String, ModelArtefact> kept = new LinkedHashMap<>();

    @Override
    public Optional<ModelArtefact> find(String trait, String version) {
      return Optional.ofNullable(kept.get(ModelArtefacts.key(trait, version)));
    }

    @Override
    public void publish(ModelArtefact artefact) {
      String key = ModelArtefacts.key(artefact.getTrait(), artefact.getVersion());
      kept.put(key, artefact);
      live.apply(key, artefact);
    }
  }

  @Test
  void shouldPublishWhatItsGoldenRowsProve() {
    RegisteredModel model = models.publish(wanted(null, GOLDEN, ModelStage.LIVE));

    assertThat(model.kind()).isEqualTo(ModelKind.LINEAR);
    assertThat(model.version()).matches("imported-[0-9a-f]{12}");
    assertThat(model.lineage().getParameters()).containsEntry("import.file", "linear.json");
    assertThat(registry.liveVersion(TRAIT)).contains(model.version());
    assertThat(registry.models()).containsExactly(model);
  }

  @Test
  void shouldPublishNothingThatPredictsSomethingElse() {
    String other = GOLDEN.replace("3,3", "4,4");

    assertThatThrownBy(() -> models.publish(wanted("v1", other, ModelStage.LIVE)))
        .isInstanceOf(InvalidImportException.class)
        .hasMessageStartingWith("GOLDEN_ROW_MISMATCH: golden row 0 has the margin 4.0");
    assertThat(topic.kept).isEmpty();
    assertThat(registry.models()).isEmpty();
  }

  @Test
  void shouldGoBackToTheVersionBefore() {
    models.publish(wanted("v1", GOLDEN, ModelStage.LIVE));
    models.publish(wanted("v2", GOLDEN, ModelStage.SHADOW));
    models.publish(wanted("v3", GOLDEN, ModelStage.LIVE));

    RegisteredModel before = registry.rollBack(TRAIT, "me");

    assertThat(before.version()).isEqualTo("v1");
    assertThat(registry.liveVersion(TRAIT)).contains("v1");
    assertThat(registry.model(TRAIT, "v3").stage()).isEqualTo(ModelStage.RETIRED);
    assertThat(registry.model(TRAIT, "v3").approvedBy()).isEqualTo("me");
    assertThatThrownBy(() -> registry.rollBack(TRAIT, "me"))
        .isInstanceOf(UnknownModelException.class)
        .hasMessage(
            "No version of likely-to-order was live before v1; promote one of v1, v2, v3, or retire it");
  }

  @Test
  void shouldBringBackWhatWasRetired() {
    models.publish(wanted("v1", GOLDEN, ModelStage.LIVE));
    registry.move(TRAIT, "v1", ModelStage.RETIRED, null, "me");
    assertThat(registry.liveVersion(TRAIT)).isEmpty();

    registry.move(TRAIT, "v1", ModelStage.LIVE, null, "me");

    assertThat(registry.liveVersion(TRAIT)).contains("v1");
  }

  @Test
  void shouldGiveACanaryItsShare() {
    models.publish(wanted("v1", GOLDEN, ModelStage.LIVE));

    registry.move(TRAIT, "v1", ModelStage.CANARY, 0.2, "me");
    assertThat(registry.model(TRAIT, "v1").canaryShare()).isEqualTo(0.2);

    registry.move(TRAIT, "v1", ModelStage.LIVE, null, "me");
    assertThat(registry.model(TRAIT, "v1").canaryShare()).isEqualTo(0.2);
  }

  @Test
  void shouldNameTheVersionsThatThereAre() {
    models.publish(wanted("v1", GOLDEN, ModelStage.LIVE));

    assertThatThrownBy(() -> registry.model(TRAIT, "v2"))
        .hasMessage("There is no version v2 of likely-to-order; there are v1");
    assertThatThrownBy(() -> registry.move("other", "v1", ModelStage.LIVE, null, "me"))
        .hasMessage("There is no version v1 of other; there are none");
    assertThatThrownBy(() -> registry.rollBack("other", "me"))
        .hasMessage("No version of other is live; there are none");
  }

  @Test
  void shouldKnowWhatEachInstanceDecidedLast() {
    registry.status(TRAIT + "/one", status("one", ModelOutcome.SHADOW));
    registry.status(TRAIT + "/one", status("one", ModelOutcome.LIVE));
    registry.status(TRAIT + "/two", status("two", ModelOutcome.LIVE));
    registry.status(TRAIT + "/two", null);

    assertThat(registry.statuses(TRAIT)).containsExactly(status("one", ModelOutcome.LIVE));
    assertThat(registry.statuses("other")).isEmpty();
  }

  @Test
  void shouldTakeTheQualityThatWasMeasuredLastOnAnyInstance() {
    registry.status(TRAIT + "/one", measured("one", Dossiers.quality("v1", 1, 0.7)));
    registry.status(TRAIT + "/two", measured("two", Dossiers.quality("v1", 3, 0.75)));
    registry.status(TRAIT + "/three", measured("three", Dossiers.quality("v2", 4, 0.9)));
    registry.status(TRAIT + "/four", status("four", ModelOutcome.LIVE));

    assertThat(registry.quality(TRAIT, "v1")).contains(Dossiers.quality("v1", 3, 0.75));
    assertThat(registry.quality(TRAIT, "v3")).isEmpty();
    assertThat(registry.challenges(TRAIT, "v2"))
        .extracting(Challenge::instance)
        .containsExactly("one", "three", "two");
    assertThat(registry.challenges(TRAIT, "v1")).isEmpty();
  }

  private static ModelStatus measured(String instance, ServiceQuality quality) {
    return ModelStatus.newBuilder(status(instance, ModelOutcome.LIVE))
        .setMeasurement(
            ModelMeasurement.newBuilder()
                .setMeasuredAt(quality.measuredAt())
                .setQuality(List.of(quality.figures()))
                .setChallengers(
                    List.of(
                        ChallengerMeasurement.newBuilder()
                            .setVersion("v2")
                            .setLiveVersion("v1")
                            .setPairs(10)
                            .setMeanAbsoluteDifference(0.1)
                            .setSampledPairs(10)
                            .setChangedBands(0.1)
                            .build()))
                .build())
        .build();
  }

  private static Wanted wanted(@Nullable String version, String golden, ModelStage stage) {
    return new Wanted(
        TRAIT,
        "linear.json",
        ByteBuffer.wrap(LINEAR.getBytes(StandardCharsets.UTF_8)),
        null,
        golden,
        version,
        stage,
        null,
        "somebody",
        Map.of());
  }

  private static ModelStatus status(String instance, ModelOutcome outcome) {
    return ModelStatus.newBuilder()
        .setTrait(TRAIT)
        .setInstance(instance)
        .setVersion("v1")
        .setOutcome(outcome)
        .setDecidedAt(Instant.EPOCH)
        .build();
  }
}
