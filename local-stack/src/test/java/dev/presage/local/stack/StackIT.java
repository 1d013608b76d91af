package dev.presage.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.registry.SchemaRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackIT {

  private static final TopicPartition GREETINGS = new TopicPartition("greetings", 0);

  @TempDir Path folder;

  @Test
  void shouldKeepTopicsAndSchemaIdsWhenStartedAgainOnTheSameFolder() throws Exception {
    int linkId;
    int eventId;
    try (LocalStack stack = LocalStack.start(StackOptions.in(folder))) {
      send(stack, "hello");
      linkId = registry(stack).register("links-value", IdentityLink.getClassSchema());
      eventId = registry(stack).register("events-value", Event.getClassSchema());
      assertThat(received(stack)).containsExactly("hello");
    }

    try (LocalStack stack = LocalStack.start(StackOptions.in(folder))) {
      assertThat(received(stack)).containsExactly("hello");
      assertThat(registry(stack).byId(linkId)).isEqualTo(IdentityLink.getClassSchema());
      assertThat(registry(stack).register("events-value", Event.getClassSchema()))
          .isEqualTo(eventId);
      assertThat(stack.logDirectory().resolve("broker.log")).isNotEmptyFile();
      assertThat(stack.logDirectory().resolve("registry.log")).isNotEmptyFile();
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenItsDataAreTemporary() {
    Path data;
    try (LocalStack stack = LocalStack.start()) {
      data = stack.dataDirectory();
      assertThat(data).isNotEmptyDirectory();
    }

    assertThat(data).doesNotExist();
  }

  @Test
  void shouldRefuseAFolderThatAnotherStackUses() {
    try (StackDirectory used = StackDirectory.open(folder)) {
      assertThatThrownBy(() -> LocalStack.start(StackOptions.in(folder)))
          .isInstanceOf(StackException.class)
          .hasMessageContaining(used.path().toString())
          .hasMessageContaining("in use by another running stack");
    }
  }

  @Test
  void shouldShowTheLogOfAPartThatDoesNotStart() throws Exception {
    Files.createDirectories(folder.resolve("registry"));
    Files.writeString(folder.resolve("registry").resolve("registry.mv.db"), "not a database");

    assertThatThrownBy(() -> LocalStack.start(StackOptions.in(folder)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("The registry ")
        .hasMessageContaining(folder.resolve("logs").resolve("registry.log").toString());
  }

  private static SchemaRegistry registry(LocalStack stack) {
    return SchemaRegistry.connect(RegistryConfig.of(stack.registryUrl()));
  }

  private static void send(LocalStack stack, String text) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (Admin admin = Admin.create(settings);
        Producer<String, String> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic(GREETINGS.topic(), 1, (short) 1))).all().get();
      producer.send(new ProducerRecord<>(GREETINGS.topic(), text)).get();
    }
  }

  private static List<String> received(LocalStack stack) {
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(GREETINGS));
      consumer.seekToBeginning(List.of(GREETINGS));
      ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(10));
      return records.records(GREETINGS).stream().map(it -> it.value()).toList();
    }
  }
}
