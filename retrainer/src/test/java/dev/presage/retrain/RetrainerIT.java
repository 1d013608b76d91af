package dev.presage.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.identity.LogEntries;
import dev.presage.local.retrainer.ModelUpload;
import dev.presage.local.retrainer.ModelVersion;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.RetrainerException;
import dev.presage.local.stack.LocalStack;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelArtefacts;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.signature.TrustedKeys;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.app.RetrainerProcess;
import dev.presage.retrain.app.RetrainerSettings;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.SettingsReader;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole retrainer over HTTP and Kafka, on a history with a planted signal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetrainerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Topics TOPICS = Topics.unprefixed();
  private static final String TRAIT = "likely-to-order";
  private static final String BROUGHT_IN = "likely-to-order-by-python";
  private static final String TOO_LONG = "likely-to-order-in-a-year";
  private static final FeatureEngine ENGINE = Histories.engine();
  private static final List<Entry> LOG = PlantedShop.history();
  private static final Instant TRAINED_AT = PlantedShop.newest(LOG).minus(Duration.ofDays(40));

  @TempDir static Path folder;
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private final KeyPair keys;
  private LocalStack stack;
  private SchemaRegistry registry;
  private RetrainerProcess retrainer;

  RetrainerIT() throws NoSuchAlgorithmException {
    this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @BeforeAll
  void start() throws IOException {
    stack = LocalStack.start();
    registry = SchemaRegistry.connect(RegistryConfig.of(stack.registryUrl()));
    Path features = Files.writeString(folder.resolve("features.yaml"), Histories.FEATURES);
    Path privateKey = pem("PRIVATE KEY", keys.getPrivate());
    Path publicKey = pem("PUBLIC KEY", keys.getPublic());
    retrainer =
        RetrainerProcess.start(
            RetrainerSettings.read(
                new SettingsReader(
                    "presage.",
                    Map.of(
                        "kafka.bootstrap-servers", stack.bootstrapServers(),
                        "registry.url", stack.registryUrl().toString(),
                        "topics.partitions", "3",
                        "features.file", features.toString(),
                        "rows.directory", folder.resolve("rows").toString(),
                        "models.trusted-keys", publicKey.toString(),
                        "models.signing-key", privateKey.toString(),
                        "schedule.enabled", "false",
                        "http.port", "0"))));
    Duration horizon = Duration.ofDays(14);
    send(
        TOPICS.traitDefinitions(),
        List.of(
            record(TRAIT, Histories.orders(TRAIT, "days_since_last_visit >= 0", horizon)),
            record(BROUGHT_IN, Histories.orders(BROUGHT_IN, "true", horizon)),
            record(TOO_LONG, Histories.orders(TOO_LONG, "true", Duration.ofDays(365)))),
        TraitDefinition.class,
        false);
    List<Keyed<ProfileLogRecord>> aborted =
        List.of(
            record(
                "profile-0",
                logged(Histories.event("never", "order_completed", Duration.ofDays(4_000)))));
    send(TOPICS.profileLog(), aborted, ProfileLogRecord.class, true);
    send(
        TOPICS.profileLog(),
        LOG.stream().map(it -> record(it.profileId(), logged(it.event()))).toList(),
        ProfileLogRecord.class,
        false);
    await().until(() -> get("/v1/traits").body().size() == 3);
  }

  private static Path pem(String name, Key key) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
    return Files.writeString(
        folder.resolve(name.replace(' ', '-') + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(name, body, name));
  }

  @AfterAll
  void stop() {
    retrainer.close();
    stack.close();
  }

  @Test
  void shouldPublishAModelThatLoadsAndBeatsItsBaseline() throws ModelRefusedException {
    JsonNode run = finished(TRAIT);

    assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("PUBLISHED");
    assertThat(run.path("progress").asDouble()).isEqualTo(1);
    JsonNode evaluation = run.path("evaluation");
    assertThat(evaluation.path("rows").asLong()).isGreaterThan(500);
    assertThat(evaluation.path("model").path("auc").asDouble())
        .isGreaterThan(evaluation.path("baseline").path("auc").asDouble() + 0.02);
    assertThat(evaluation.path("model").path("calibration").size()).isGreaterThan(5);

    String version = run.path("modelVersion").asText();
    ModelArtefact artefact = published(ModelArtefacts.key(TRAIT, version));
    LoadedModel model =
        new ModelLoader(ModelLimits.DEFAULTS, TrustedKeys.of(List.of(keys.getPublic())))
            .load(artefact, ENGINE.schema().fingerprint());
    assertThat(model.metrics()).containsKeys("auc", "baseline.auc", "calendar.auc", "rows");
    assertThat(artefact.getGoldenRows()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(artefact.getGoldenRows())
        .anyMatch(row -> row.getFeatures().stream().anyMatch(it -> it.isNaN()));
    assertThat(artefact.getLineage().getParameters().get("parity")).isNotEmpty();
    assertThat(Path.of(artefact.getLineage().getParameters().get("rows.file")))
        .isRegularFile()
        .hasParent(folder.resolve("rows").resolve(TRAIT));
    assertThat(artefact.getLineage().getTrainedUntil())
        .isBefore(Instant.parse(evaluation.path("evaluatedFrom").asText()));
    await()
        .untilAsserted(
            () -> {
              JsonNode trait = get("/v1/traits/" + TRAIT).body();
              assertThat(trait.path("state").asText()).isEqualTo("LIVE");
              assertThat(trait.path("liveVersion").asText()).isEqualTo(version);
            });
    assertThatServedScoresAreMeasured(model);
    assertThatTheRunIsReported(run.path("id").asText());
  }

  private void assertThatTheRunIsReported(String id) {
    JsonNode report = get("/v1/runs/" + id + "/report").body();
    JsonNode findings = report.path("findings");
    assertThat(
            findings.path("predictors").path(0).path("figures").path("auc").path("low").asDouble())
        .isGreaterThan(0.5);
    assertThat(findings.path("predictors").path(0).path("curves").path("roc").size())
        .isGreaterThan(10);
    assertThat(findings.path("populations").size()).isGreaterThan(1);
    assertThat(findings.path("importance").path(0).path("feature").asText()).isNotEmpty();
    try (RetrainerClient client = new RetrainerClient(retrainer.address())) {
      assertThat(client.report(TRAIT)).isEqualTo(report);
      assertThat(client.reportPage(TRAIT))
          .startsWith("<!doctype html>")
          .contains("Training of " + TRAIT, "ROC curve");
      ModelVersion model = client.models(Optional.of(TRAIT)).getLast();
      assertThat(model.json().path("run").asText()).isEqualTo(id);
      assertThat(page("/v1/models/" + TRAIT + "/" + model.version()))
          .contains("/v1/runs/" + id + "/report");
    }
    assertThat(get("/v1/runs/none/report").status()).isEqualTo(404);
  }

  @Test
  void shouldSayWhatIsMissingWhereThereIsTooLittleData() {
    JsonNode run = finished(TOO_LONG);

    assertThat(run.path("state").asText()).isEqualTo("HELD");
    assertThat(run.path("reason").asText())
        .startsWith("Not enough data: the history covers ")
        .contains("a horizon of 365.0 days needs at least 1391.6")
        .contains("0 positives");
    JsonNode trait = get("/v1/traits/" + TOO_LONG).body();
    assertThat(trait.path("state").asText()).isEqualTo("INSUFFICIENT_DATA");
    assertThat(trait.path("liveVersion").isNull()).isTrue();
  }

  @Test
  void shouldFailARunWhoseRowsAreNotWhatWasServed() {
    Entry last = LOG.getLast();
    ProfileState state = ENGINE.newState();
    LOG.stream()
        .filter(it -> it.profileId().equals(last.profileId()))
        .forEach(it -> ENGINE.apply(state, it.event()));
    double[] vector = new double[ENGINE.schema().size()];
    ENGINE.vector(state, state.newestEventMillis(), vector);
    TrainingExample right = served(last, vector);
    TrainingExample labelled = TrainingExample.newBuilder(right).setLabel(1.0).build();
    TrainingExample foreign = TrainingExample.newBuilder(right).setFingerprint("other").build();
    vector[0]++;
    TrainingExample wrong = served(last, vector);
    TrainingExample silent = TrainingExample.newBuilder(wrong).setCause(Cause.SILENCE).build();
    serve(List.of(record("p/1", right), record("p/1", labelled)));
    serve(List.of(record("p/2", foreign), record("p/3", silent)));

    assertThat(finished(TOO_LONG).path("state").asText()).isEqualTo("HELD");

    serve(List.of(record("p/4", wrong)));
    JsonNode failed = finished(TOO_LONG);
    assertThat(failed.path("state").asText()).isEqualTo("FAILED");
    assertThat(failed.path("reason").asText())
        .startsWith("The rows are not what was served: ")
        .contains(" 1 differ; first as of " + last.event().getOccurredAt())
        .contains("in feature " + ENGINE.schema().names().getFirst())
        .doesNotContain(last.profileId());

    takeBack("p/4");
    assertThat(finished(TOO_LONG).path("state").asText()).isEqualTo("HELD");
  }

  private void serve(List<Keyed<TrainingExample>> examples) {
    send(TOPICS.trainingExamples(), examples, TrainingExample.class, false);
  }

  private void takeBack(String key) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(TOPICS.trainingExamples(), key, null));
    }
  }

  private static TrainingExample served(Entry entry, double[] vector) {
    return new TrainingExample(
        TOO_LONG,
        entry.profileId(),
        entry.event().getOccurredAt(),
        entry.event().getEventId(),
        Cause.EVENT,
        ENGINE.schema().fingerprint(),
        Arrays.stream(vector).boxed().toList(),
        "some-version",
        0.5,
        null);
  }

  @Test
  void shouldNameTheTraitsThatThereAreWhereOneIsUnknown() {
    Answer answer = post("/v1/traits/likely-to-fly/runs");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("message").asText()).contains("likely-to-fly").contains(TRAIT);
    assertThat(answer.body().path("knownTraits")).hasSize(3);
    assertThat(get("/v1/traits/likely-to-fly").status()).isEqualTo(404);
    assertThat(get("/v1/runs/none").status()).isEqualTo(404);
    assertThat(get("/v1/traits/" + TRAIT + "/live-quality?from=yesterday").status()).isEqualTo(400);
  }

  @Test
  void shouldBringInAModelThatPythonTrainedAndMoveItThroughItsStages() throws Exception {
    try (RetrainerClient client = new RetrainerClient(retrainer.address())) {
      ModelVersion first = client.bringIn(upload("golden.csv", Optional.of("first"), "LIVE"));
      ModelArtefact artefact = published(ModelArtefacts.key(BROUGHT_IN, "first"));
      Predictor predictor =
          new ModelLoader(ModelLimits.DEFAULTS)
              .load(artefact, ENGINE.schema().fingerprint())
              .predictor();

      assertThat(first.kind()).isEqualTo("XGBOOST_UBJSON");
      assertThat(artefact.getApprovedBy()).isEqualTo("a data scientist");
      assertThat(artefact.getGoldenRows()).hasSize(40);
      for (GoldenRow row : artefact.getGoldenRows()) {
        double[] vector = row.getFeatures().stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(predictor.margin(vector)).isEqualTo(row.getMargin());
      }
      await().until(() -> client.model(BROUGHT_IN, "first").scores());

      client.bringIn(upload("golden.csv", Optional.empty(), "SHADOW"));
      String second = "imported-" + artefact.getChecksum().substring(0, 12);
      await().until(() -> client.models(Optional.of(BROUGHT_IN)).size() == 2);
      assertThat(client.model(BROUGHT_IN, second).stage()).isEqualTo("SHADOW");
      assertThat(client.model(BROUGHT_IN, "first").scores()).isTrue();
      client.move(BROUGHT_IN, second, "CANARY", Optional.of(0.25), "me");
      await().until(() -> client.model(BROUGHT_IN, second).canaryShare() == 0.25);
      client.move(BROUGHT_IN, second, "LIVE", Optional.empty(), "somebody else");
      await().until(() -> client.model(BROUGHT_IN, second).scores());
      assertThat(client.model(BROUGHT_IN, second).approvedBy()).isEqualTo("somebody else");
      assertThatTheRegistryIsShown(client, second);

      assertThat(client.rollBack(BROUGHT_IN, "somebody").version()).isEqualTo("first");
      await().until(() -> client.model(BROUGHT_IN, "first").scores());
      await().until(() -> client.model(BROUGHT_IN, second).stage().equals("RETIRED"));
      assertThatThrownBy(() -> client.rollBack(BROUGHT_IN, "somebody"))
          .isInstanceOf(RetrainerException.class)
          .hasMessageContaining("was live before first");
    }
  }

  private void assertThatTheRegistryIsShown(RetrainerClient client, String second) {
    JsonNode diff = client.modelDiff(BROUGHT_IN, "first", second);
    assertThat(diff.path("to").asText()).isEqualTo(second);
    assertThat(diff.path("stage").path(0))
        .isEqualTo(
            JSON.createObjectNode().put("name", "stage").put("from", "LIVE").put("to", "LIVE"));
    assertThat(client.modelDiffPage(BROUGHT_IN, "first", second))
        .startsWith("<!doctype html>")
        .contains("/v1/models/" + BROUGHT_IN + "/first\"");
    assertThatThrownBy(() -> client.modelDiff(BROUGHT_IN, "first", "none"))
        .isInstanceOf(RetrainerException.class)
        .hasMessageContaining("There is no version none of " + BROUGHT_IN);
    assertThat(get("/v1/models/" + BROUGHT_IN + "/diff?from=first").status()).isEqualTo(422);
    assertThat(page("/v1/models?trait=" + BROUGHT_IN))
        .startsWith("<!doctype html>")
        .contains("Scored by " + second + ".");
    assertThat(page("/v1/models/" + BROUGHT_IN + "/first"))
        .startsWith("<!doctype html>")
        .contains("What differs from " + second);
    assertThat(get("/v1/models/" + BROUGHT_IN + "/first").body().path("quality").isNull())
        .as("nobody has measured it")
        .isTrue();
  }

  @Test
  void shouldRefuseAModelThatPredictsSomethingElse() throws Exception {
    Path wrong = folder.resolve("wrong.csv");
    Files.writeString(
        wrong,
        Files.readString(resource("golden.csv")).replaceFirst(",-0\\.5307195,", ",-0.5307196,"));
    try (RetrainerClient client = new RetrainerClient(retrainer.address())) {
      assertThatThrownBy(
              () ->
                  client.bringIn(
                      new ModelUpload(
                          BROUGHT_IN,
                          resource("model.ubj"),
                          wrong,
                          "a data scientist",
                          Optional.empty(),
                          Optional.of("wrong"),
                          Optional.empty(),
                          Optional.empty(),
                          Optional.empty())))
          .isInstanceOf(RetrainerException.class)
          .hasMessageStartingWith("GOLDEN_ROW_MISMATCH: golden row 0 has the margin");
      assertThatThrownBy(() -> client.model(BROUGHT_IN, "wrong"))
          .hasMessageContaining("There is no version wrong of " + BROUGHT_IN);
      assertThatThrownBy(() -> client.move(BROUGHT_IN, "wrong", "LIVE", Optional.empty(), "me"))
          .hasMessageContaining("There is no version wrong of " + BROUGHT_IN);
    }
  }

  private static ModelUpload upload(String golden, Optional<String> version, String stage) {
    return new ModelUpload(
        BROUGHT_IN,
        resource("model.ubj"),
        resource(golden),
        "a data scientist",
        Optional.empty(),
        version,
        Optional.of(stage),
        Optional.empty(),
        Optional.empty());
  }

  private static Path resource(String name) {
    return Path.of("src/test/resources/dev/presage/retrain/registry", name);
  }

  @Test
  void shouldAnswerHealthAndMetrics() throws IOException, InterruptedException {
    assertThat(get("/health/liveness").status()).isEqualTo(200);
    assertThat(get("/health/readiness").body().path("status").asText()).isEqualTo("UP");
    HttpResponse<String> metrics =
        http.send(request("/metrics").build(), HttpResponse.BodyHandlers.ofString());
    assertThat(metrics.body())
        .contains("presage_retrainer_runs_total{outcome=\"published\"}")
        .contains("jvm_memory_used_bytes");
  }

  /** Plays the stream: serves scores for the last days and asks what they were worth. */
  private void assertThatServedScoresAreMeasured(LoadedModel model) {
    List<Keyed<TrainingExample>> examples = new ArrayList<>();
    Map<String, ProfileState> states = new HashMap<>();
    double[] vector = new double[ENGINE.schema().size()];
    for (Entry entry : LOG) {
      ProfileState state = states.computeIfAbsent(entry.profileId(), id -> ENGINE.newState());
      ENGINE.apply(state, entry.event());
      if (entry.event().getOccurredAt().isAfter(TRAINED_AT)) {
        ENGINE.vector(state, state.newestEventMillis(), vector);
        examples.add(
            record(
                entry.profileId() + "/" + TRAIT + "/" + examples.size(),
                example(entry, vector, model)));
      }
    }
    send(TOPICS.trainingExamples(), examples, TrainingExample.class, false);
    send(
        TOPICS.traitUpdates(),
        examples.stream().map(it -> record(it.key(), update(it.value()))).toList(),
        TraitUpdate.class,
        false);

    JsonNode quality = get("/v1/traits/" + TRAIT + "/live-quality?from=" + TRAINED_AT).body();

    assertThat(quality.path("rows").asLong() + quality.path("openRows").asLong())
        .isEqualTo(examples.size());
    assertThat(quality.path("openRows").asLong()).isPositive();
    assertThat(quality.path("model").path("auc").asDouble())
        .isGreaterThan(quality.path("baseline").path("auc").asDouble());
    assertThat(quality.path("baseline").path("feature").asText()).isIn(ENGINE.schema().names());
    assertThat(
            get("/v1/traits/" + TRAIT + "/live-quality?until=2000-01-01T00:00:00Z")
                .body()
                .path("model")
                .path("auc")
                .isNull())
        .isTrue();
    assertThatSnapshotsAreMeasured();
  }

  private void assertThatSnapshotsAreMeasured() {
    JsonNode quality =
        get("/v1/traits/" + TRAIT + "/snapshot-quality?from=" + TRAINED_AT.plus(Duration.ofDays(5)))
            .body();

    assertThat(quality.path("snapshots").asLong()).as("40 days, a horizon of 14").isEqualTo(4);
    assertThat(quality.path("rows").asLong()).isGreaterThan(400);
    assertThat(quality.path("withoutValue").asLong()).as("silent for long").isPositive();
    assertThat(quality.path("auc").asDouble()).isGreaterThan(0.55);
    assertThat(quality.path("bestFeature").asText()).isIn(ENGINE.schema().names());
    assertThat(quality.path("bestFeatureAuc").asDouble()).isGreaterThan(0.5);
    assertThat(quality.path("recencyAuc").isNumber()).isTrue();
    assertThat(quality.path("withoutSilenceAuc").asDouble())
        .isEqualTo(quality.path("auc").asDouble());
    assertThat(get("/v1/traits/" + TRAIT + "/snapshot-quality").status()).isEqualTo(400);
  }

  private static TraitUpdate update(TrainingExample example) {
    return TraitUpdate.newBuilder()
        .setTrait(example.getTrait())
        .setCanonicalId(example.getCanonicalId())
        .setValue(example.getScore())
        .setRevision(1)
        .setCause(example.getCause())
        .setModelVersion(example.getModelVersion())
        .setAsOf(example.getAsOf())
        .build();
  }

  private static TrainingExample example(Entry entry, double[] vector, LoadedModel model) {
    return new TrainingExample(
        TRAIT,
        entry.profileId(),
        entry.event().getOccurredAt(),
        entry.event().getEventId(),
        Cause.EVENT,
        ENGINE.schema().fingerprint(),
        Arrays.stream(vector).boxed().toList(),
        model.version(),
        model.predictor().predict(vector),
        null);
  }

  private JsonNode finished(String trait) {
    Answer started = post("/v1/traits/" + trait + "/runs");
    assertThat(started.status()).isEqualTo(202);
    String id = started.body().path("id").asText();
    return await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> get("/v1/runs/" + id).body(),
            run -> List.of("PUBLISHED", "HELD", "FAILED").contains(run.path("state").asText()));
  }

  private ModelArtefact published(String key) {
    try (KafkaConsumer<String, ModelArtefact> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()),
            new StringDeserializer(),
            AvroSerde.of(ModelArtefact.class, registry).deserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(TOPICS.models(), 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (ConsumerRecord<String, ModelArtefact> record : consumer.poll(Duration.ofSeconds(20))) {
        if (record.key().equals(key)) {
          return record.value();
        }
      }
      throw new AssertionError("No model " + key + " on " + TOPICS.models());
    }
  }

  private <T extends SpecificRecord> void send(
      String topic, List<Keyed<T>> records, Class<T> type, boolean abort) {
    try (KafkaProducer<String, T> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "test-" + topic),
            new StringSerializer(),
            AvroSerde.of(type, registry).serializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent =
          records.stream()
              .map(it -> producer.send(new ProducerRecord<>(topic, it.key(), it.value())))
              .toList();
      if (abort) {
        producer.flush();
        producer.abortTransaction();
      } else {
        producer.commitTransaction();
        assertThat(sent).allMatch(Future::isDone);
      }
    }
  }

  private static ProfileLogRecord logged(Event event) {
    return LogEntries.of(event);
  }

  private static <T> Keyed<T> record(String key, T value) {
    return new Keyed<>(key, value);
  }

  private Answer get(String path) {
    return answer(request(path).build());
  }

  private Answer post(String path) {
    return answer(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(retrainer.address() + path));
  }

  private Answer answer(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new AssertionError(request + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  private String page(String path) {
    try {
      return http.send(
              request(path).header("Accept", "text/html,application/xml;q=0.9").build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new AssertionError(path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  private record Answer(int status, JsonNode body) {}

  private record Keyed<T>(String key, T value) {}
}
