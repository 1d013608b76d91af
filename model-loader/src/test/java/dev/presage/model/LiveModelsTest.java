package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.ModelStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveModelsTest {
  private static final NativeModel NATIVE =
      NativeModel.train(NativeModel.Plan.of("binary:logistic", 3, 3, 2), 5);
  private static final String TRAIT = "likelihood-to-test";

  private final LiveModels models =
      new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), NativeModel.FINGERPRINT);

  @Test
  void shouldBeginWithoutModels() {
    assertThat(models.current().live()).isEmpty();
    assertThat(models.current().live(TRAIT)).isNull();
    assertThat(models.current().versions(TRAIT)).isEmpty();
  }

  @Test
  void shouldSwapInALiveModel() {
    assertThat(offer("v1", ModelStage.LIVE))
        .isEqualTo(new ModelDecision(TRAIT, "v1", ModelOutcome.LIVE, null, null, "v1"));
    assertThat(offer("v2", ModelStage.LIVE).liveVersion()).isEqualTo("v2");
    assertThat(liveVersion()).isEqualTo("v2");
  }

  @Test
  void shouldNotChangeASetThatSomebodyHolds() {
    offer("v1", ModelStage.LIVE);
    LiveModelSet held = models.current();
    offer("v2", ModelStage.LIVE);

    LoadedModel before = held.live(TRAIT);
    assertThat(before).isNotNull();
    assertThat(before.version()).isEqualTo("v1");
    assertThat(models.current()).isNotSameAs(held);
  }

  @Test
  void shouldGoOnWithTheOldModelWhenANewOneIsRefused() {
    offer("v1", ModelStage.LIVE);
    LiveModelSet before = models.current();

    ModelDecision decision =
        models.offer(artefact("v2", ModelStage.LIVE).setChecksum("0".repeat(64)).build());

    assertThat(decision.refused()).isTrue();
    assertThat(decision.code()).isEqualTo(RefusalCode.CHECKSUM_MISMATCH);
    assertThat(decision.reason()).contains("SHA-256");
    assertThat(decision.liveVersion()).isEqualTo("v1");
    assertThat(models.current()).isSameAs(before);
  }

  @Test
  void shouldTellARefusalAsAStatusRecord() {
    ModelDecision decision =
        models.offer(artefact("v2", ModelStage.LIVE).setChecksum("0".repeat(64)).build());

    ModelStatus status = decision.toStatus("instance-1", Instant.ofEpochMilli(7));

    assertThat(status.getTrait()).isEqualTo(TRAIT);
    assertThat(status.getInstance()).isEqualTo("instance-1");
    assertThat(status.getVersion()).isEqualTo("v2");
    assertThat(status.getOutcome()).isEqualTo(ModelOutcome.REJECTED);
    assertThat(status.getCode()).isEqualTo("CHECKSUM_MISMATCH");
    assertThat(status.getReason()).isEqualTo(decision.reason());
    assertThat(status.getLiveVersion()).isNull();
    assertThat(status.getDecidedAt()).isEqualTo(Instant.ofEpochMilli(7));
  }

  @Test
  void shouldKeepShadowAndCanaryBesideTheLiveModel() {
    offer("v1", ModelStage.LIVE);
    assertThat(offer("v2", ModelStage.SHADOW).outcome()).isEqualTo(ModelOutcome.SHADOW);
    assertThat(offer("v3", ModelStage.CANARY).outcome()).isEqualTo(ModelOutcome.CANARY);

    assertThat(liveVersion()).isEqualTo("v1");
    assertThat(models.current().versions(TRAIT))
        .extracting(LoadedModel::version)
        .containsExactly("v1", "v2", "v3");
  }

  @Test
  void shouldPromoteAShadowModel() {
    offer("v1", ModelStage.LIVE);
    offer("v2", ModelStage.SHADOW);
    offer("v2", ModelStage.LIVE);

    assertThat(liveVersion()).isEqualTo("v2");
    assertThat(models.current().versions(TRAIT)).hasSize(2);
  }

  @Test
  void shouldRollBackByPublishingTheOldVersionAgain() {
    offer("v1", ModelStage.LIVE);
    offer("v2", ModelStage.LIVE);
    offer("v1", ModelStage.LIVE);

    assertThat(liveVersion()).isEqualTo("v1");
  }

  @Test
  void shouldRollBackByRetiringTheLiveVersion() {
    offer("v1", ModelStage.LIVE);
    offer("v2", ModelStage.LIVE);

    assertThat(offer("v2", ModelStage.RETIRED))
        .isEqualTo(new ModelDecision(TRAIT, "v2", ModelOutcome.RETIRED, null, null, "v1"));
    assertThat(offer("v1", ModelStage.RETIRED).liveVersion()).isNull();
    assertThat(models.current().live()).isEmpty();
    assertThat(models.current().traits()).isEmpty();
  }

  @Test
  void shouldRetireWithoutVerifying() {
    offer("v1", ModelStage.LIVE);

    ModelDecision decision =
        models.offer(artefact("v1", ModelStage.RETIRED).setChecksum("").build());

    assertThat(decision.outcome()).isEqualTo(ModelOutcome.RETIRED);
    assertThat(liveVersion()).isNull();
  }

  @Test
  void shouldWithdrawOnATombstone() {
    models.apply(TRAIT + "/v1", artefact("v1", ModelStage.LIVE).build());
    assertThat(liveVersion()).isEqualTo("v1");

    assertThat(models.apply(TRAIT + "/v1", null).outcome()).isEqualTo(ModelOutcome.RETIRED);
    assertThat(liveVersion()).isNull();
  }

  @Test
  void shouldNotChangeWhenAnUnknownVersionIsWithdrawn() {
    offer("v1", ModelStage.LIVE);
    LiveModelSet before = models.current();

    assertThat(models.withdraw(TRAIT, "v9").liveVersion()).isEqualTo("v1");
    assertThat(models.withdraw("other", "v1").liveVersion()).isNull();
    assertThat(models.current()).isSameAs(before);
  }

  @Test
  void shouldRefuseARecordUnderAnotherKey() {
    ModelDecision decision = models.apply("elsewhere", artefact("v1", ModelStage.LIVE).build());

    assertThat(decision.code()).isEqualTo(RefusalCode.KEY_MISMATCH);
    assertThat(decision.reason())
        .contains("the record's key is elsewhere, its artefact's is likelihood-to-test/v1");
    assertThat(models.current().live()).isEmpty();
  }

  @Test
  void shouldArriveAtTheSameSetFromACompactedTopic() {
    offer("v1", ModelStage.LIVE);
    offer("v2", ModelStage.LIVE);
    offer("v3", ModelStage.SHADOW);
    offer("v1", ModelStage.LIVE);
    offer("v1", ModelStage.RETIRED);

    LiveModels restarted =
        new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), NativeModel.FINGERPRINT);
    restarted.offer(artefact("v2", ModelStage.LIVE).build());
    restarted.offer(artefact("v3", ModelStage.SHADOW).build());
    restarted.offer(artefact("v1", ModelStage.RETIRED).build());

    assertThat(restarted.current().versions(TRAIT))
        .extracting(LoadedModel::version, LoadedModel::stage)
        .containsExactlyElementsOf(
            models.current().versions(TRAIT).stream()
                .map(model -> tuple(model.version(), model.stage()))
                .toList());
    assertThat(liveVersion()).isEqualTo("v2");
  }

  @Test
  void shouldTakeTheLatestOfSeveralCanariesAndEveryShadow() {
    offer("v1", ModelStage.CANARY);
    offer("v2", ModelStage.CANARY);
    offer("v3", ModelStage.SHADOW);
    offer("v4", ModelStage.SHADOW);

    assertThat(canaryVersion()).isEqualTo("v2");
    assertThat(models.current().shadows(TRAIT))
        .extracting(LoadedModel::version)
        .containsExactly("v3", "v4");

    offer("v2", ModelStage.RETIRED);
    assertThat(canaryVersion()).isEqualTo("v1");
  }

  @Test
  void shouldRefuseACanaryWithoutAProperShare() {
    for (double share : new double[] {-0.01, 1.01, Double.NaN}) {
      ModelDecision decision =
          models.offer(artefact("v1", ModelStage.CANARY).setCanaryShare(share).build());

      assertThat(decision.code()).isEqualTo(RefusalCode.INVALID_CANARY_SHARE);
      assertThat(decision.reason())
          .isEqualTo("the canary share is " + share + "; give a share from 0 to 1");
    }
  }

  @Test
  void shouldRefuseWhatCouldNotBeOfferedAndChangeNothing() {
    offer("v1", ModelStage.LIVE);

    assertThat(models.refuse(TRAIT + "/v2", RefusalCode.UNREADABLE, "no artefact"))
        .isEqualTo(
            new ModelDecision(
                TRAIT, "v2", ModelOutcome.REJECTED, RefusalCode.UNREADABLE, "no artefact", "v1"));
    assertThat(liveVersion()).isEqualTo("v1");
  }

  @Test
  void shouldListLiveModelsByTrait() {
    for (String trait : new String[] {"b", "c", "a"}) {
      models.offer(artefact("v1", ModelStage.LIVE).setTrait(trait).build());
    }

    assertThat(models.current().live())
        .extracting(LoadedModel::trait)
        .containsExactly("a", "b", "c");
  }

  private ModelDecision offer(String version, ModelStage stage) {
    return models.offer(artefact(version, stage).build());
  }

  private static ModelArtefact.Builder artefact(String version, ModelStage stage) {
    return NATIVE.artefact(ModelKind.XGBOOST_UBJSON).setVersion(version).setStage(stage);
  }

  private @Nullable String canaryVersion() {
    LoadedModel canary = models.current().canary(TRAIT);
    return canary == null ? null : canary.version();
  }

  private @Nullable String liveVersion() {
    LoadedModel live = models.current().live(TRAIT);
    return live == null ? null : live.version();
  }
}
