package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.local.connection.Connection;
import dev.presage.local.demo.ConsumedOffsets;
import dev.presage.local.installation.Definitions;
import dev.presage.local.installation.Installation;
import dev.presage.local.installation.InstallationOptions;
import dev.presage.local.installation.ScoringProgress;
import dev.presage.local.play.EventMappingFile;
import dev.presage.local.play.EventPlayer;
import dev.presage.local.play.FileFormat;
import dev.presage.local.play.PlayOptions;
import dev.presage.local.play.SourceFile;
import dev.presage.local.process.Resources;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.RunFollower;
import dev.presage.local.retrainer.TrainingRun;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Point 9 of the semantics, exactly once: the demo's job twice, once undisturbed, once with the
 * streams application killed in its middle.
 */
class KilledDemoIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DEMO = PROJECT.resolve("local-stack/demo");
  private static final SourceFile ORDERS =
      new SourceFile(DEMO.resolve("invoices.csv.gz"), FileFormat.CSV);
  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Instant GO_LIVE = Instant.parse("2011-09-01T00:00:00Z");
  private static final Instant MIDDLE = Instant.parse("2011-10-15T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Topics topics = Topics.unprefixed();

  @Test
  void shouldEndWithTheTraitValuesOfAnUndisturbedRun(@TempDir Path folder) throws Exception {
    Map<String, List<TraitUpdate>> undisturbed = run(folder.resolve("undisturbed"), false);
    Map<String, List<TraitUpdate>> killed = run(folder.resolve("killed"), true);

    assertThat(undisturbed).hasSizeGreaterThan(2_000);
    assertThat(killed).isEqualTo(undisturbed);
  }

  private Map<String, List<TraitUpdate>> run(Path data, boolean kill) throws Exception {
    InstallationOptions options =
        InstallationOptions.on(PROJECT, data, Definitions.read(DEMO)).replayingThePast();
    try (Resources resources = new Resources();
        Installation installation = Installation.start(options, resources, said -> {});
        Admin admin = installation.connection().admin();
        RetrainerClient retrainer = new RetrainerClient(installation.addresses().retrainer());
        ScoringProgress progress = new ScoringProgress(installation.streamsApp().url())) {
      Connection connection = installation.connection();
      play(connection, PlayOptions.everything().until(GO_LIVE));
      awaitProcessed(admin);
      TrainingRun training =
          new RunFollower(retrainer).follow(retrainer.start(TRAIT).id(), run -> {});
      assertThat(training.isPublished()).as(training.toString()).isTrue();
      await()
          .atMost(PATIENCE)
          .until(() -> !read(connection, topics.modelStatus(), ModelStatus.class).isEmpty());
      await().atMost(PATIENCE).until(progress::isSettled);

      play(connection, PlayOptions.everything().from(GO_LIVE).until(MIDDLE));
      if (kill) {
        await()
            .atMost(PATIENCE)
            .until(() -> !read(connection, topics.traitUpdates(), TraitUpdate.class).isEmpty());
        installation.streamsApp().killAndStartAgain();
      }
      play(connection, PlayOptions.everything().from(MIDDLE));
      awaitProcessed(admin);
      await().atMost(PATIENCE).until(progress::isSettled);
      return read(connection, topics.traitValues(), TraitUpdate.class);
    }
  }

  private void play(Connection connection, PlayOptions what) throws IOException {
    try (Producer<String, Event> producer = connection.producer(Event.class)) {
      new EventPlayer(producer, topics.events())
          .play(ORDERS, EventMappingFile.read(DEMO.resolve("mapping.yaml")), what, bytes -> {});
    }
  }

  /** Both halves of the topology have committed everything that is on their topics. */
  private void awaitProcessed(Admin admin) {
    ConsumedOffsets consumed = new ConsumedOffsets(admin);
    await()
        .atMost(PATIENCE)
        .until(() -> consumed.lag(topics.events()) == 0 && consumed.lag(topics.profileLog()) == 0);
  }

  /** Every committed record by its key, in order. */
  private static <T extends SpecificRecord> Map<String, List<T>> read(
      Connection connection, String topic, Class<T> type) {
    Deserializer<T> deserializer = AvroSerde.of(type, connection.registry()).deserializer();
    Map<String, List<T>> records = new TreeMap<>();
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
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          records
              .computeIfAbsent(
                  new String(record.key(), StandardCharsets.UTF_8), key -> new ArrayList<>())
              .add(deserializer.deserialize(topic, record.value()));
        }
      }
    }
    return records;
  }
}
