package dev.presage.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicMismatchException;
import dev.presage.schemas.topics.TopicProvisioner;
import dev.presage.schemas.topics.TopicSpec;
import dev.presage.schemas.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Provisions topics on a real broker. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class TopicProvisionerIT {
  private static LocalStack stack;
  private static Admin admin;

  @BeforeAll
  static void start() {
    stack = LocalStack.start();
    admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    stack.close();
  }

  @Test
  void shouldCreateWhatIsMissingAndAcceptItAgain() throws Exception {
    TopicCatalogue catalogue = new TopicCatalogue(new Topics("fresh."), 2);
    TopicProvisioner provisioner = new TopicProvisioner(admin);

    provisioner.ensure(catalogue);

    assertThat(admin.listTopics().names().get())
        .containsAll(catalogue.specs().stream().map(TopicSpec::name).toList());
    assertThatCode(() -> provisioner.ensure(catalogue)).doesNotThrowAnyException();
  }

  @Test
  void shouldLeaveTopicsThatTakeRecordsAtOnce() throws Exception {
    int partitions = 64;
    Map<String, Object> withoutRetries =
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "enable.idempotence",
            false,
            "retries",
            0);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(withoutRetries, new ByteArraySerializer(), new ByteArraySerializer())) {
      Topics topics = new Topics("at-once.");
      new TopicProvisioner(admin).ensure(new TopicCatalogue(topics, partitions));

      List<Future<RecordMetadata>> sent =
          IntStream.range(0, partitions)
              .mapToObj(i -> new ProducerRecord<byte[], byte[]>("at-once.events", i, null, null))
              .map(producer::send)
              .toList();

      assertThat(sent).allSatisfy(it -> assertThat(it.get().offset()).isZero());
    }
  }

  @Test
  void shouldNameEveryMismatch() throws Exception {
    Map<String, String> compacted = Map.of("cleanup.policy", "compact");
    Map<String, String> byArrival = Map.of("message.timestamp.type", "LogAppendTime");
    create("profile-log", 3, Map.of("retention.ms", "1000", "max.message.bytes", "8388608"));
    create("trait-definitions", 2, compacted);
    create("segment-definitions", 1, Map.of());
    create("models", 1, Map.of("cleanup.policy", "compact", "max.message.bytes", "1000"));
    create("triggers", 2, Map.of());
    create("trait-updates", 7, byArrival);
    create("events", 5, Map.of());

    TopicMismatchException thrown =
        catchThrowableOfType(
            TopicMismatchException.class,
            () -> new TopicProvisioner(admin).ensure(new TopicCatalogue(new Topics("wrong."), 2)));

    assertThat(thrown.problems())
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).startsWith("wrong.profile-log has 3 partitions, expected 2"),
            it -> assertThat(it).startsWith("wrong.profile-log has retention.ms=1000, expected -1"),
            it -> assertThat(it).startsWith("wrong.trait-definitions has 2 partitions, expected 1"),
            it ->
                assertThat(it)
                    .startsWith(
                        "wrong.segment-definitions has cleanup.policy=delete, expected compact"),
            it ->
                assertThat(it)
                    .startsWith("wrong.models has max.message.bytes=1000, expected at least"),
            it ->
                assertThat(it)
                    .startsWith(
                        "wrong.triggers has message.timestamp.type=CreateTime, expected"
                            + " LogAppendTime"));
  }

  private static void create(String name, int partitions, Map<String, String> config)
      throws Exception {
    NewTopic topic = new NewTopic("wrong." + name, partitions, (short) 1).configs(config);
    admin.createTopics(List.of(topic)).all().get();
  }
}
