package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.local.stack.LocalStack;
import dev.presage.model.CanaryGroup;
import dev.presage.model.ModelArtefacts;
import dev.presage.model.signature.SigningKey;
import dev.presage.schemas.avro.ChallengerMeasurement;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.topics.ModelProducer;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.TopicClient.Keyed;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Point 6 of the semantics, scoring, on two instances; every test has a trait of its own. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
@ExtendWith(SharedStack.class)
class ModelStagesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PREFIX = "stages-";
  private static final Map<String, String> NO_MORE = Map.of();
  private static final List<String> INSTANCES = List.of("scoring-1", "scoring-2");

  @TempDir static Path folder;
  private static LocalStack stack;
  private static TopicClient topics;
  private static ModelProducer models;
  private static ScoringProcess first;
  private static ScoringProcess second;

  private final FeatureSchema schema = new FeatureEngine(TestFeatures.declarations()).schema();

  @BeforeAll
  static void start(LocalStack shared) {
    stack = shared;
    topics = new TopicClient(stack);
    models = producer(PREFIX);
    first = process(PREFIX, "scoring-1", NO_MORE);
    second = process(PREFIX, "scoring-2", NO_MORE);
    first.awaitReady();
    second.awaitReady();
  }

  @AfterAll
  static void stop() {
    models.close();
    second.close();
    first.close();
  }

  @Test
  void shouldSwapAndRollBackOnEveryInstance() {
    publish("rollback", "v1", ModelStage.LIVE, 0);
    awaitLive("rollback", "v1");
    publish("rollback", "v2", ModelStage.LIVE, 0);
    awaitLive("rollback", "v2");

    publish("rollback", "v2", ModelStage.RETIRED, 0);
    awaitLive("rollback", "v1");

    publish("rollback", "v2", ModelStage.LIVE, 0);
    awaitLive("rollback", "v2");
    publish("rollback", "v1", ModelStage.LIVE, 0);
    awaitLive("rollback", "v1");

    models.publish("rollback/v1", null);
    awaitLive("rollback", "v2");

    long restarted = System.currentTimeMillis();
    second.killAndStartAgain();
    second.awaitReady();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(statuses(PREFIX, "rollback").get("scoring-2"))
                    .satisfies(
                        it -> {
                          assertThat(it.getDecidedAt().toEpochMilli()).isGreaterThan(restarted);
                          assertThat(it.getLiveVersion()).isEqualTo("v2");
                        }));
  }

  @Test
  void shouldServeTheCanaryToTheSameIdsOnEveryInstance() {
    String trait = "canary";
    topics.write(
        PREFIX + "trait-definitions",
        TraitDefinition.class,
        List.of(new Keyed<>(trait, definition(trait))));
    publish(trait, "v1", ModelStage.LIVE, 0);
    publish(trait, "v2", ModelStage.CANARY, 0.3);
    publish(trait, "v3", ModelStage.SHADOW, 0);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(statuses(PREFIX, trait).values())
                    .hasSize(2)
                    .allSatisfy(it -> assertThat(it.getOutcome()).isEqualTo(ModelOutcome.SHADOW)));
    topics.write(PREFIX + "events", Event.class, orders(400));

    List<ConsumerRecord<String, TraitUpdate>> updates = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              updates.clear();
              topics.read(PREFIX + "trait-updates", TraitUpdate.class).stream()
                  .filter(it -> it.value().getTrait().equals(trait))
                  .forEach(updates::add);
              return updates.size() >= 400;
            });
    CanaryGroup group = CanaryGroup.of(trait, 0.3);
    assertThat(updates)
        .hasSize(400)
        .allSatisfy(
            it ->
                assertThat(it.value().getModelVersion())
                    .isEqualTo(group.includes(it.key()) ? "v2" : "v1"));
    assertThat(updates).anyMatch(it -> it.value().getModelVersion().equals("v2"));
    long ofCanary =
        updates.stream().filter(it -> it.value().getModelVersion().equals("v2")).count();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pairs(trait))
                    .as("both are compared with the live one, each on the profiles that it scores")
                    .isEqualTo(Map.of("v2 beside v1", ofCanary, "v3 beside v1", 400L)));
    for (ScoringProcess instance : List.of(first, second)) {
      assertThat(instance.get("/metrics").body())
          .contains(
              "presage_models_serving{stage=\"CANARY\",trait=\"canary\",version=\"v2\"} 1.0",
              "presage_models_serving{stage=\"LIVE\",trait=\"canary\",version=\"v1\"} 1.0",
              "presage_challenger_scores_total{trait=\"canary\",version=\"v3\"}",
              "presage_challenger_difference_sum{trait=\"canary\",version=\"v2\"}");
    }
  }

  @Test
  void shouldBeLiveOnBothInstancesWithinASecond() {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String version = "v" + i;
      long published = System.currentTimeMillis();
      publish("speed", version, ModelStage.LIVE, 0);
      awaitLive("speed", version);
      millis.add(lastDecision("speed") - published);
    }
    Collections.sort(millis);
    long median = millis.get(millis.size() / 2);
    System.out.printf("publishToLiveMillis: median %d, most %d%n", median, millis.getLast());
    assertThat(median).as("median of %s ms", millis).isLessThanOrEqualTo(1000);
  }

  @Test
  void shouldTakeAnArtefactOf20Megabytes() {
    ModelArtefact large = TestModels.large(schema, "large", "v1", 20_000_000);
    assertThat(large.getPayload().remaining()).isGreaterThan(20_000_000);
    long published = System.currentTimeMillis();

    models.publish("large/v1", large);

    awaitLive("large", "v1");
    System.out.printf("20 MB: live after %d ms%n", lastDecision("large") - published);
  }

  @Test
  void shouldServeOnlyWhatIsSignedWhereKeysAreConfigured() throws NoSuchAlgorithmException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    SigningKey signing = SigningKey.of(keys.getPrivate());
    String trusted = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    try (ScoringProcess app =
            process("signed-", "scoring-3", Map.of("presage.models.trusted-keys", trusted));
        ModelProducer producer = producer("signed-")) {
      app.awaitReady();
      ModelArtefact signed = signing.sign(artefact("signed", "v1", ModelStage.LIVE, 0));
      producer.publish("signed/v1", signed);
      producer.publish("signed/v2", artefact("signed", "v2", ModelStage.LIVE, 0));
      awaitRefusal("v2", "SIGNATURE_MISSING");
      producer.publish("signed/v3", ModelArtefact.newBuilder(signed).setVersion("v3").build());
      awaitRefusal("v3", "SIGNATURE_INVALID");
      producer.publish("signed/v4", signing.sign(artefact("signed", "v4", ModelStage.LIVE, 0)));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(statuses("signed-", "signed").values())
                      .extracting(ModelStatus::getLiveVersion)
                      .containsExactly("v4"));
      assertThat(app.get("/metrics").body())
          .contains(
              "presage_model_decisions_total{code=\"SIGNATURE_MISSING\",outcome=\"REJECTED\"",
              "presage_model_decisions_total{code=\"SIGNATURE_INVALID\",outcome=\"REJECTED\"");
    }
  }

  private void awaitRefusal(String version, String code) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(statuses("signed-", "signed").get("scoring-3"))
                    .isNotNull()
                    .satisfies(
                        it -> {
                          assertThat(it.getVersion()).isEqualTo(version);
                          assertThat(it.getOutcome()).isEqualTo(ModelOutcome.REJECTED);
                          assertThat(it.getCode()).isEqualTo(code);
                          assertThat(it.getLiveVersion()).isEqualTo("v1");
                        }));
  }

  private void publish(String trait, String version, ModelStage stage, double canaryShare) {
    models.publish(
        ModelArtefacts.key(trait, version), artefact(trait, version, stage, canaryShare));
  }

  private ModelArtefact artefact(
      String trait, String version, ModelStage stage, double canaryShare) {
    return ModelArtefact.newBuilder(
            TestModels.stump(schema, trait, version, "orders_30d", 9.5f, -1, 1))
        .setStage(stage)
        .setCanaryShare(canaryShare)
        .build();
  }

  private static void awaitLive(String trait, String version) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(statuses(PREFIX, trait))
                    .hasSize(INSTANCES.size())
                    .allSatisfy(
                        (instance, it) -> assertThat(it.getLiveVersion()).isEqualTo(version)));
  }

  /** What every instance said last of a trait. */
  private static Map<String, ModelStatus> statuses(String prefix, String trait) {
    Map<String, ModelStatus> last = new TreeMap<>();
    for (ConsumerRecord<String, ModelStatus> status :
        topics.read(prefix + "model-status", ModelStatus.class)) {
      if (status.value().getTrait().equals(trait)) {
        last.put(status.value().getInstance(), status.value());
      }
    }
    return last;
  }

  /** How many vectors challengers and live models both scored, on all instances together. */
  private static Map<String, Long> pairs(String trait) {
    Map<String, Long> pairs = new TreeMap<>();
    for (ModelStatus status : statuses(PREFIX, trait).values()) {
      if (status.getMeasurement() != null) {
        for (ChallengerMeasurement it : status.getMeasurement().getChallengers()) {
          pairs.merge(it.getVersion() + " beside " + it.getLiveVersion(), it.getPairs(), Long::sum);
        }
      }
    }
    return pairs;
  }

  private static long lastDecision(String trait) {
    return statuses(PREFIX, trait).values().stream()
        .mapToLong(it -> it.getDecidedAt().toEpochMilli())
        .max()
        .orElseThrow();
  }

  private static ScoringProcess process(String prefix, String instance, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("presage.instance-id", instance);
    settings.put("presage.quality.interval", "500ms");
    return new ScoringProcess(stack, folder.resolve(instance), prefix, settings);
  }

  private static ModelProducer producer(String prefix) {
    SchemaRegistry registry = SchemaRegistry.connect(RegistryConfig.of(stack.registryUrl()));
    return new ModelProducer(
        Map.of("bootstrap.servers", stack.bootstrapServers(), "compression.type", "none"),
        prefix + "models",
        AvroSerde.of(ModelArtefact.class, registry).serializer());
  }

  private static List<Keyed<Event>> orders(int count) {
    Instant time = Instant.parse("2011-09-01T10:00:00Z");
    return IntStream.range(0, count)
        .mapToObj(i -> "u-" + i)
        .map(
            id ->
                new Keyed<>(
                    id,
                    new Event(
                        "e-" + id, "order_completed", time, id, null, Map.of("revenue", 1.0))))
        .toList();
  }

  private static TraitDefinition definition(String trait) {
    return TraitDefinition.newBuilder()
        .setTrait(trait)
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(Duration.ofDays(30).toMillis())
        .setExampleShare(0)
        .build();
  }
}
