package dev.presage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.presage.local.connection.Connection;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicProvisioner;
import dev.presage.schemas.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A client that is not ours, {@code demo/node/read-trait-updates.js}, reads what we write. */
class NodeReaderIT {

  private static final Path SOURCE = Path.of("demo", "node");
  private static final Path WORK = Path.of("target", "node");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "read-trait-updates.js");

  @Test
  void shouldBeReadByKafkajsAndItsRegistryClient() throws Exception {
    assumeTrue(isOnThePath("npm"), "npm is not on the path, so no Node client can be tried");
    install();
    Topics topics = Topics.unprefixed();
    try (LocalStack stack = LocalStack.start()) {
      Connection connection = Connection.open(stack.bootstrapServers(), stack.registryUrl());
      try (Admin admin = connection.admin();
          Producer<String, TraitUpdate> producer = connection.producer(TraitUpdate.class)) {
        new TopicProvisioner(admin).ensure(new TopicCatalogue(topics, 2));
        producer.send(new ProducerRecord<>(topics.traitUpdates(), "17850", update())).get();
      }
      Path output = WORK.resolve("output.txt");
      Process node =
          start(
              List.of("node", "read-trait-updates.js"),
              output,
              Map.of(
                  "BROKER", stack.bootstrapServers(), "REGISTRY", stack.registryUrl().toString()));
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () ->
                    assertThat(output)
                        .content()
                        .contains("17850 likelihood-to-repurchase-30d 0.625 v1"));
      } finally {
        node.destroyForcibly().waitFor();
      }
    }
  }

  private static TraitUpdate update() {
    return TraitUpdate.newBuilder()
        .setTrait("likelihood-to-repurchase-30d")
        .setCanonicalId("17850")
        .setValue(0.625)
        .setPreviousValue(0.5)
        .setRevision(2)
        .setCause(Cause.EVENT)
        .setModelVersion("v1")
        .setAsOf(Instant.parse("2011-09-01T08:30:00Z"))
        .setEventId("536365")
        .build();
  }

  private static void install() throws Exception {
    Files.createDirectories(WORK);
    for (String file : FILES) {
      Files.writeString(WORK.resolve(file), Files.readString(SOURCE.resolve(file)));
    }
    Path log = WORK.resolve("npm.log");
    Process npm = start(List.of("npm", "ci", "--no-audit", "--no-fund"), log, Map.of());
    assertThat(npm.waitFor()).as("exit code of npm, whose output is in %s", log).isZero();
  }

  private static Process start(List<String> command, Path output, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(WORK.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static boolean isOnThePath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return List.of(path.split(java.io.File.pathSeparator)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
