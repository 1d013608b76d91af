package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.presage.endtoend.ReplayedPeople.Kind;
import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.local.connection.Connection;
import dev.presage.local.demo.ConsumedOffsets;
import dev.presage.local.installation.Application;
import dev.presage.local.installation.Definitions;
import dev.presage.local.installation.Installation;
import dev.presage.local.installation.InstallationOptions;
import dev.presage.local.installation.ScoringProgress;
import dev.presage.local.play.EventPlayer;
import dev.presage.local.play.PlayOptions;
import dev.presage.local.process.LoopbackPorts;
import dev.presage.local.process.Resources;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.RunFollower;
import dev.presage.local.retrainer.TrainingRun;
import dev.presage.retrain.history.History;
import dev.presage.retrain.kafka.ProfileLogHistory;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.PrivacyCommand;
import dev.presage.schemas.avro.PrivacyReceipt;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.Trigger;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The demo's job on a number of instances: history, links and an erasure, training, the swap, the
 * rest with links in its midst, links and erasures at its end, and at last enough time for
 * everybody to have been silent for as long as is noticed.
 */
final class ReplayRun implements AutoCloseable {
  static final String TRAIT = "likelihood-to-repurchase-30d";
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  static final Path DEMO = PROJECT.resolve("local-stack/demo");

  private static final Instant GO_LIVE = Instant.parse("2011-09-01T00:00:00Z");
  private static final Instant LINKED = Instant.parse("2011-08-31T23:00:00Z");
  private static final Instant END = Instant.parse("2011-12-10T00:00:00Z");
  private static final Instant LATER = END.plus(Duration.ofDays(100));
  private static final int PASSERS_BY = 64;
  private static final int PARTITIONS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Topics topics = Topics.unprefixed();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final Resources resources = new Resources();
  private final List<URI> instances = new ArrayList<>();
  private final List<ScoringProgress> progress = new ArrayList<>();
  private final ReplayedPeople people;
  private final Installation installation;
  private final Connection connection;
  private final ConsumedOffsets consumed;

  ReplayRun(Path data, ReplayedPeople people, int count) {
    this.people = people;
    InstallationOptions options =
        InstallationOptions.on(PROJECT, data, Definitions.read(DEMO)).replayingThePast();
    this.installation = Installation.start(options, resources, said -> {});
    this.connection = installation.connection();
    Admin admin = connection.admin();
    resources.add(admin::close);
    this.consumed = new ConsumedOffsets(admin);
    instances.add(installation.streamsApp().url());
    for (int i = 1; i < count; i++) {
      instances.add(startAnother(data.resolve("instance-" + i)));
    }
    for (URI instance : instances) {
      ScoringProgress each = new ScoringProgress(instance);
      resources.add(each::close);
      progress.add(each);
    }
  }

  private URI startAnother(Path data) {
    int port = LoopbackPorts.free();
    Application instance =
        Application.launch(
            Application.Kind.STREAMS_APP,
            PROJECT,
            data,
            port,
            Map.of(
                "presage.kafka.bootstrap-servers", connection.bootstrapServers(),
                "presage.registry.url", connection.registryUrl().toString(),
                "presage.features.file", DEMO.resolve("features.yaml").toString(),
                "presage.http.port", Integer.toString(port),
                "presage.time.clock", "events"));
    resources.add(instance::close);
    instance.awaitReady();
    return instance.url();
  }

  ReplayOutputs run() throws IOException {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<Integer> each = partitions();
              assertThat(each).allMatch(it -> it > 0);
              assertThat(each.stream().mapToInt(Integer::intValue).sum()).isEqualTo(PARTITIONS);
            });
    play(PlayOptions.everything().until(GO_LIVE));
    settle();
    linkBeforeTraining();
    settle();
    String erased = people.of(Kind.LINKED_BEFORE_TRAINING).iterator().next();
    erase(List.of(erased), LINKED);
    settle();
    train();
    settle();

    play(PlayOptions.everything().from(GO_LIVE));
    settle();
    linkAtTheEnd();
    settle();
    erase(
        List.of(
            second(Kind.LINKED_BEFORE_TRAINING),
            second(Kind.LINKED_AT_THE_END),
            ReplayedPeople.deviceOf(first(Kind.LINKED_AT_THE_END)),
            second(Kind.NO_DEVICE)),
        END);
    settle();
    letTimePass(second(Kind.NO_DEVICE));
    settle();
    return outputs();
  }

  private String first(Kind kind) {
    return people.of(kind).iterator().next();
  }

  private String second(Kind kind) {
    return people.of(kind).stream().skip(1).findFirst().orElseThrow();
  }

  private void play(PlayOptions what) throws IOException {
    try (Producer<String, Event> producer = connection.producer(Event.class)) {
      new EventPlayer(producer, topics.events())
          .play(people.orders(), people.mapping(), what, bytes -> installation.requireRunning());
    }
  }

  private void linkBeforeTraining() {
    List<ProducerRecord<String, IdentityLink>> links = new ArrayList<>();
    for (String customer : people.of(Kind.LINKED_BEFORE_TRAINING)) {
      String device = ReplayedPeople.deviceOf(customer);
      links.add(
          new ProducerRecord<>(
              topics.identityLinks(), device, new IdentityLink(device, customer, LINKED, false)));
    }
    send(IdentityLink.class, links);
  }

  private void linkAtTheEnd() {
    List<ProducerRecord<String, Event>> orders = new ArrayList<>();
    for (String customer : people.of(Kind.LINKED_AT_THE_END)) {
      orders.add(order("end-" + customer, END, customer, ReplayedPeople.deviceOf(customer)));
    }
    send(Event.class, orders);
  }

  private void erase(List<String> ids, Instant requestedAt) {
    send(
        PrivacyCommand.class,
        ids.stream()
            .map(
                it ->
                    new ProducerRecord<>(
                        topics.privacyCommands(),
                        it,
                        new PrivacyCommand(it, PrivacyAction.ERASE, "erase-" + it, requestedAt)))
            .toList());
  }

  /** Orders of others, so many that there are some on every partition. */
  private void letTimePass(String erased) {
    List<ProducerRecord<String, Event>> orders = new ArrayList<>();
    orders.add(order("after-erasure", LATER, erased, null));
    for (int i = 0; i < PASSERS_BY; i++) {
      orders.add(order("later-" + i, LATER, "passer-by-" + i, null));
    }
    send(Event.class, orders);
  }

  private ProducerRecord<String, Event> order(
      String id, Instant time, String customer, @Nullable String device) {
    Map<String, Object> properties = Map.of("revenue", 25.0, "quantity", 10L, "country", "France");
    return new ProducerRecord<>(
        topics.events(),
        customer,
        new Event(id, "order_completed", time, customer, device, properties));
  }

  private <T extends SpecificRecord> void send(
      Class<T> type, List<ProducerRecord<String, T>> records) {
    try (Producer<String, T> producer = connection.producer(type)) {
      for (ProducerRecord<String, T> record : records) {
        var unused = producer.send(record);
      }
    }
  }

  private void train() {
    try (RetrainerClient retrainer = new RetrainerClient(installation.addresses().retrainer())) {
      TrainingRun run = new RunFollower(retrainer).follow(retrainer.start(TRAIT).id(), it -> {});
      assertThat(run.isPublished()).as(run.toString()).isTrue();
      await().atMost(PATIENCE).until(() -> instancesThatServe() == instances.size());
    }
  }

  private long instancesThatServe() {
    Set<String> serving = new HashSet<>();
    for (List<@Nullable ModelStatus> each :
        read(topics.modelStatus(), ModelStatus.class).values()) {
      for (ModelStatus status : each) {
        if (status != null && status.getOutcome() == ModelOutcome.LIVE) {
          serving.add(status.getInstance());
        }
      }
    }
    return serving.size();
  }

  /** Until nothing is on its way, and those who sent nothing were scored, too. */
  private void settle() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                consumed.lag(topics.events()) == 0
                    && consumed.lag(topics.identityLinks()) == 0
                    && consumed.lag(topics.privacyCommands()) == 0
                    && consumed.lag(topics.profileLog()) == 0);
    await().atMost(PATIENCE).until(() -> progress.stream().allMatch(ScoringProgress::isSettled));
    await().atMost(PATIENCE).until(() -> consumed.lag(topics.triggerCandidates()) == 0);
  }

  private List<Integer> partitions() {
    return instances.stream().map(it -> get(it, "/v1/progress").path("partitions").size()).toList();
  }

  private ReplayOutputs outputs() throws IOException {
    Map<String, JsonNode> profiles = new TreeMap<>();
    int asked = 0;
    for (String id : people.ids()) {
      // Whichever instance is asked answers.
      profiles.put(id, get(instances.get(asked++ % instances.size()), "/v1/profiles/" + id));
    }
    Map<String, String> receipts = new TreeMap<>();
    read(topics.privacyReceipts(), PrivacyReceipt.class)
        .forEach(
            (id, all) -> receipts.put(id, all.stream().map(ReplayRun::said).toList().toString()));
    Map<String, List<@Nullable TrainingExample>> examples =
        read(topics.trainingExamples(), TrainingExample.class);
    Map<String, List<TrainingExample>> served = served(examples);
    FeatureEngine engine =
        new FeatureEngine(FeatureDeclarations.read(DEMO.resolve("features.yaml")));
    return new ReplayOutputs(
        profiles,
        read(topics.traitUpdates(), TraitUpdate.class),
        read(topics.traitValues(), TraitUpdate.class),
        read(topics.segmentChanges(), SegmentChange.class),
        examples,
        read(topics.triggers(), Trigger.class),
        read(topics.heldTriggers(), HeldTrigger.class),
        receipts,
        count(topics.deadLetters()),
        ServedVectors.compare(engine, history(), served),
        RetrainedRows.compare(
            engine,
            Trait.compile(Definitions.read(DEMO).traits().getFirst(), engine.schema()),
            history(),
            served.values().stream().flatMap(List::stream).toList(),
            GO_LIVE),
        partitions());
  }

  private static String said(@Nullable PrivacyReceipt receipt) {
    return receipt == null ? "" : receipt.getOutcome() + " " + receipt.getIds();
  }

  /** What was served of each profile, in that order. */
  private static Map<String, List<TrainingExample>> served(
      Map<String, List<@Nullable TrainingExample>> examples) {
    Map<String, TreeMap<Integer, TrainingExample>> byNumber = new HashMap<>();
    examples.forEach(
        (key, records) -> {
          TrainingExample first = records.getFirst();
          int number = Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
          if (first != null) {
            byNumber
                .computeIfAbsent(first.getCanonicalId(), _ -> new TreeMap<>())
                .put(number, first);
          }
        });
    Map<String, List<TrainingExample>> served = new HashMap<>();
    byNumber.forEach((id, all) -> served.put(id, List.copyOf(all.values())));
    return served;
  }

  private History history() {
    return new ProfileLogHistory(
        connection.settings(),
        topics.profileLog(),
        AvroSerde.of(ProfileLogRecord.class, connection.registry()).deserializer());
  }

  private JsonNode get(URI instance, String path) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(instance.resolve(path)).timeout(ANSWER).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? JSON.readTree(answer.body())
          : JSON.getNodeFactory().numberNode(answer.statusCode());
    } catch (IOException e) {
      throw new AssertionError(instance + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  private long count(String topic) {
    long[] count = {0};
    readAll(topic, record -> count[0]++);
    return count[0];
  }

  private <T extends SpecificRecord> Map<String, List<@Nullable T>> read(
      String topic, Class<T> type) {
    Deserializer<T> deserializer = AvroSerde.of(type, connection.registry()).deserializer();
    Map<String, List<@Nullable T>> records = new TreeMap<>();
    readAll(
        topic,
        record ->
            records
                .computeIfAbsent(
                    new String(record.key(), StandardCharsets.UTF_8), key -> new ArrayList<>())
                .add(
                    record.value() == null
                        ? null
                        : deserializer.deserialize(topic, record.value())));
    return records;
  }

  private void readAll(
      String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (Consumer<byte[], byte[]> consumer = connection.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(it -> new TopicPartition(topic, it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(reader);
      }
    }
  }

  @Override
  public void close() {
    http.close();
    resources.close();
  }
}
