package dev.presage.model.figures;

import dev.presage.features.ShopProfile;
import dev.presage.local.installation.Application;
import dev.presage.local.installation.ProjectHome;
import dev.presage.local.process.LoopbackPorts;
import dev.presage.local.process.Resources;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Two streams applications with the features of a shop, and a broker and a registry. */
final class TwoInstances implements AutoCloseable {
  private static final Set<String> INSTANCES = Set.of("first", "second");
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Resources resources = new Resources();
  private final Topics topics = Topics.unprefixed();
  private final Producer<String, ModelArtefact> models;
  private final Consumer<String, ModelStatus> status;

  private TwoInstances() throws IOException {
    Path folder = Files.createTempDirectory("presage-benchmark-");
    resources.add(() -> delete(folder));
    try {
      LocalStack stack = LocalStack.start();
      resources.add(stack::close);
      startApplications(stack, folder);
      SchemaRegistry registry = SchemaRegistry.connect(RegistryConfig.of(stack.registryUrl()));
      models =
          new KafkaProducer<>(
              Map.of(
                  "bootstrap.servers",
                  stack.bootstrapServers(),
                  "linger.ms",
                  0,
                  "max.request.size",
                  TopicCatalogue.LARGEST_MODEL_RECORD_BYTES),
              new StringSerializer(),
              AvroSerde.of(ModelArtefact.class, registry).serializer());
      resources.add(models::close);
      status =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", stack.bootstrapServers()),
              new StringDeserializer(),
              AvroSerde.of(ModelStatus.class, registry).deserializer());
      resources.add(status::close);
      followStatus();
    } catch (RuntimeException | IOException e) {
      resources.close();
      throw e;
    }
  }

  /** Starts everything, one after the other. */
  static TwoInstances start() throws IOException {
    return new TwoInstances();
  }

  /**
   * Publishes a model; answers how long it took until both instances had it live.
   *
   * @throws IllegalStateException when one refuses it, or does not say anything
   */
  Duration publish(ModelArtefact model) throws ExecutionException, InterruptedException {
    long began = System.nanoTime();
    models
        .send(
            new ProducerRecord<>(
                topics.models(), model.getTrait() + "/" + model.getVersion(), model))
        .get();
    Set<String> missing = new HashSet<>(INSTANCES);
    while (!missing.isEmpty()) {
      for (ConsumerRecord<String, ModelStatus> record : status.poll(POLL)) {
        if (record.value().getVersion().equals(model.getVersion())) {
          requireLive(record.value());
          missing.remove(record.value().getInstance());
        }
      }
      if (System.nanoTime() - began > LONGEST.toNanos()) {
        throw new IllegalStateException(
            "%s said nothing of a model for %s".formatted(missing, LONGEST));
      }
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void startApplications(LocalStack stack, Path folder) throws IOException {
    Path features = folder.resolve("features.yaml");
    Files.writeString(features, ShopProfile.yaml());
    for (String instance : INSTANCES) {
      int port = LoopbackPorts.free();
      Path data = folder.resolve(instance);
      Application application =
          Application.launch(
              Application.Kind.STREAMS_APP,
              ProjectHome.find(),
              data,
              port,
              Map.of(
                  "presage.kafka.bootstrap-servers", stack.bootstrapServers(),
                  "presage.registry.url", stack.registryUrl().toString(),
                  "presage.features.file", features.toString(),
                  "presage.state.dir", data.resolve("state").toString(),
                  "presage.http.port", Integer.toString(port),
                  "presage.instance-id", instance));
      resources.add(application::close);
      application.awaitReady();
    }
  }

  private void followStatus() {
    List<TopicPartition> partitions =
        status.partitionsFor(topics.modelStatus()).stream()
            .map(it -> new TopicPartition(it.topic(), it.partition()))
            .toList();
    status.assign(partitions);
    status.seekToEnd(partitions);
    partitions.forEach(status::position);
  }

  private static void requireLive(ModelStatus said) {
    if (said.getOutcome() != ModelOutcome.LIVE) {
      throw new IllegalStateException(
          "%s says %s of a model: %s %s"
              .formatted(
                  said.getInstance(),
                  said.getOutcome(),
                  said.getCode(),
                  Objects.requireNonNullElse(said.getReason(), "")));
    }
  }

  @Override
  public void close() {
    resources.close();
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
    }
  }
}
