package dev.presage.endtoend;

import dev.presage.endtoend.line.LineMain;
import dev.presage.features.ShopProfile;
import dev.presage.local.connection.Connection;
import dev.presage.local.definitions.DefinitionPublisher;
import dev.presage.local.process.Resources;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.topics.ModelProducer;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicProvisioner;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A broker, a registry and the events: what all lines share. */
final class TestBed implements AutoCloseable {
  static final int PARTITIONS = ConnectionSettings.DEFAULT_PARTITIONS;

  private static final long EVENTS_BETWEEN_PROGRESS = 5_000;
  private static final Duration DELETION = Duration.ofMinutes(1);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Resources resources = new Resources();
  private final Path folder;
  private final LocalStack stack;
  private final Connection connection;
  private final Admin admin;
  private long loaded;
  private long sampled;

  private TestBed() throws IOException {
    folder = Files.createTempDirectory("presage-benchmark-");
    resources.add(() -> delete(folder));
    try {
      stack = LocalStack.start();
      resources.add(stack::close);
      connection = Connection.open(stack.bootstrapServers(), stack.registryUrl());
      admin = connection.admin();
      resources.add(admin::close);
      Files.writeString(features(), ShopProfile.yaml());
      new TopicProvisioner(admin).ensure(new TopicCatalogue(Topics.unprefixed(), PARTITIONS));
      new TopicCatalogue(Topics.unprefixed(), PARTITIONS).registerSchemas(connection.registry());
    } catch (RuntimeException | IOException e) {
      resources.close();
      throw e;
    }
  }

  /** Starts broker and registry, and makes the topics of the streams application. */
  static TestBed start() throws IOException {
    return new TestBed();
  }

  Connection connection() {
    return connection;
  }

  Admin admin() {
    return admin;
  }

  /** Where lines keep their state and logs. */
  Path folder() {
    return folder;
  }

  /** The declared features. */
  Path features() {
    return folder.resolve("features.yaml");
  }

  /** A folder with a file {@code <trait>.ubj} for every model. */
  Path models() {
    return folder.resolve("models");
  }

  /** Fails where broker or registry have ended. */
  void requireRunning() {
    stack.requireRunning();
  }

  /** Publishes definitions and models, and writes the models as files. */
  void publish(ShopTraits traits, Map<String, ModelArtefact> artefacts) throws IOException {
    DefinitionPublisher definitions = new DefinitionPublisher(connection, Topics.unprefixed());
    definitions.publishTraits(traits.definitions());
    definitions.publishSegments(traits.segmentations());
    Files.createDirectories(models());
    try (ModelProducer producer =
        new ModelProducer(
            connection.settings(),
            Topics.unprefixed().models(),
            AvroSerde.of(ModelArtefact.class, connection.registry()).serializer())) {
      for (ModelArtefact it : artefacts.values()) {
        producer.publish(it.getTrait() + "/" + it.getVersion(), it);
        byte[] payload = new byte[it.getPayload().remaining()];
        it.getPayload().duplicate().get(payload);
        Files.write(models().resolve(it.getTrait() + ".ubj"), payload);
      }
    }
  }

  /** Writes the events of the month, and those of sampled customers for {@code naive} once more. */
  void load(ShopTraffic traffic, Scale scale, DoubleConsumer progress) {
    create(List.of(Line.NAIVE.input()));
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (Producer<String, Event> producer = connection.producer(Event.class)) {
      while (traffic.number() < scale.events()) {
        Event event = traffic.next();
        send(producer, Line.PRESAGE.input(), event, failure);
        if (ShopTraffic.isSampled(event)) {
          sampled++;
          send(producer, Line.NAIVE.input(), event, failure);
        }
        if (traffic.number() % EVENTS_BETWEEN_PROGRESS == 0) {
          progress.accept((double) traffic.number() / scale.events());
        }
      }
    }
    loaded = traffic.number();
    Exception problem = failure.get();
    if (problem != null) {
      throw new KafkaException("The broker did not take the events", problem);
    }
  }

  /** How many events there are for a line. */
  long events(Line line) {
    return line == Line.NAIVE ? sampled : loaded;
  }

  private static void send(
      Producer<String, Event> producer,
      String topic,
      Event event,
      AtomicReference<Exception> failure) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, event.getUserId(), event),
            (metadata, problem) -> failure.compareAndSet(null, problem));
  }

  /** Removes whatever a line has left at the broker, and makes its topics anew. */
  void clear(Line line) throws InterruptedException {
    try {
      Topics topics = line.topics();
      List<String> kept =
          List.of(
              Line.PRESAGE.input(),
              Line.NAIVE.input(),
              topics.traitDefinitions(),
              topics.segmentDefinitions(),
              topics.models());
      List<String> left = new ArrayList<>(admin.listTopics().names().get());
      left.removeIf(it -> !belongsTo(line, it) || kept.contains(it));
      delete(left);
      Set<String> groups =
          Set.copyOf(admin.listGroups().all().get().stream().map(GroupListing::groupId).toList());
      if (groups.contains(line.group())) {
        removeGroup(line.group());
      }
    } catch (ExecutionException e) {
      throw new KafkaException("The broker does not remove what " + line.label() + " left", e);
    }
    if (line == Line.PRESAGE) {
      new TopicProvisioner(admin).ensure(new TopicCatalogue(line.topics(), PARTITIONS));
    } else {
      create(List.of(LineMain.output(line.topics())));
    }
  }

  /** Returns when the broker does not list them any more; some may be about to go already. */
  private void delete(List<String> topics) throws ExecutionException, InterruptedException {
    for (KafkaFuture<Void> deletion : admin.deleteTopics(topics).topicNameValues().values()) {
      try {
        deletion.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    long began = System.nanoTime();
    while (!Collections.disjoint(admin.listTopics().names().get(), topics)) {
      if (System.nanoTime() - began > DELETION.toNanos()) {
        throw new KafkaException("The broker still lists topics that were deleted: " + topics);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private void removeGroup(String group) throws ExecutionException, InterruptedException {
    ConsumerGroupDescription described =
        admin.describeConsumerGroups(List.of(group)).all().get().get(group);
    // One that had to be killed has not left.
    if (described != null && !described.members().isEmpty()) {
      admin
          .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
    }
    admin.deleteConsumerGroups(List.of(group)).all().get();
  }

  private static boolean belongsTo(Line line, String topic) {
    if (line == Line.PRESAGE) {
      return !topic.contains(".");
    }
    return topic.startsWith(line.topics().prefix());
  }

  private void create(List<String> topics) {
    await(
        admin
            .createTopics(
                topics.stream()
                    .map(it -> new NewTopic(it, Optional.of(PARTITIONS), Optional.empty()))
                    .toList())
            .all());
    new TopicProvisioner(admin).awaitLeaders(topics);
  }

  /** What the broker answers. */
  static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new KafkaException("The broker cannot be asked: " + e.getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while asking the broker", e);
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
