package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.DefinitionKind;
import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.DefinitionStatus;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.scoring.TopicClient.Keyed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an instance says of definitions on {@code definition-status}. */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
@ExtendWith(SharedStack.class)
class DefinitionStatusIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PREFIX = "definitions-";
  private static final String TRAITS = "trait-definitions";
  private static final String SEGMENTATIONS = "segment-definitions";

  @TempDir static Path folder;
  private static LocalStack stack;
  private static TopicClient topics;
  private static ScoringProcess app;

  @BeforeAll
  static void start(LocalStack shared) {
    stack = shared;
    topics = new TopicClient(stack, PREFIX);
    app = new ScoringProcess(stack, folder, PREFIX, Map.of());
    app.awaitReady();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void shouldTellWhatBecomesOfADefinitionAsRecordsAndRestartsCome() {
    define("risk", "traits['churn'] > 0.5");
    awaitLast(
        "segmentation/risk/scoring-1",
        it -> {
          assertThat(it.getKind()).isEqualTo(DefinitionKind.SEGMENTATION);
          assertThat(it.getName()).isEqualTo("risk");
          assertThat(it.getInstance()).isEqualTo("scoring-1");
          assertThat(it.getOutcome()).isEqualTo(DefinitionOutcome.REFUSED);
          assertThat(it.getInEffect()).isFalse();
          assertThat(it.getProblems())
              .singleElement()
              .asString()
              .startsWith("segment high, enter: unknown name 'traits.churn'");
        });

    topics.write(TRAITS, TraitDefinition.class, List.of(new Keyed<>("churn", churn())));
    awaitLast("trait/churn/scoring-1", it -> assertOutcome(it, DefinitionOutcome.ACCEPTED, true));
    awaitLast(
        "segmentation/risk/scoring-1", it -> assertOutcome(it, DefinitionOutcome.ACCEPTED, true));

    define("risk", "traits['churn'] >");
    awaitLast(
        "segmentation/risk/scoring-1", it -> assertOutcome(it, DefinitionOutcome.REFUSED, true));

    long restarted = System.currentTimeMillis();
    app.killAndStartAgain();
    app.awaitReady();
    awaitLast(
        "segmentation/risk/scoring-1",
        it -> {
          // Whether the valid one is in effect is up to the broker: has it compacted the topic?
          assertThat(it.getDecidedAt().toEpochMilli()).isGreaterThanOrEqualTo(restarted);
          assertThat(it.getOutcome()).isEqualTo(DefinitionOutcome.REFUSED);
        });

    define("risk", "traits['churn'] > 0.6");
    awaitLast(
        "segmentation/risk/scoring-1", it -> assertOutcome(it, DefinitionOutcome.ACCEPTED, true));

    topics.writeBytes(TRAITS, "churn", new byte[] {1, 2, 3});
    awaitLast(
        "trait/churn/scoring-1",
        it -> {
          assertOutcome(it, DefinitionOutcome.REFUSED, true);
          assertThat(it.getProblems())
              .singleElement()
              .asString()
              .startsWith("the record cannot be read: ")
              .contains("3 bytes");
        });

    topics.writeBytes(TRAITS, "churn", null);
    awaitLast("trait/churn/scoring-1", it -> assertOutcome(it, DefinitionOutcome.DELETED, false));
    awaitLast(
        "segmentation/risk/scoring-1", it -> assertOutcome(it, DefinitionOutcome.REFUSED, false));
    assertThat(app.process().isAlive()).isTrue();
  }

  private static void assertOutcome(
      DefinitionStatus status, DefinitionOutcome outcome, boolean inEffect) {
    assertThat(status.getOutcome()).isEqualTo(outcome);
    assertThat(status.getInEffect()).isEqualTo(inEffect);
    assertThat(status.getProblems().isEmpty()).isEqualTo(outcome != DefinitionOutcome.REFUSED);
  }

  private static void awaitLast(String key, Consumer<DefinitionStatus> expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        topics.read("definition-status", DefinitionStatus.class).stream()
                            .filter(it -> it.key().equals(key))
                            .map(ConsumerRecord::value)
                            .toList())
                    .isNotEmpty()
                    .last()
                    .satisfies(expected));
  }

  private static void define(String name, String enter) {
    SegmentDefinition definition =
        new SegmentDefinition(
            name,
            "customer",
            "",
            List.of(new Segment("high", enter, null), new Segment("low", "true", null)),
            0L);
    topics.write(SEGMENTATIONS, SegmentDefinition.class, List.of(new Keyed<>(name, definition)));
  }

  private static TraitDefinition churn() {
    return TraitDefinition.newBuilder()
        .setTrait("churn")
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(Duration.ofDays(30).toMillis())
        .build();
  }
}
