package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.presage.features.FeatureEngine;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.TopicClient.Keyed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Items beside customers, in the application as it is run. */
@SuppressWarnings("NullAway.Init") // JUnit calls startStack() first.
@ExtendWith(SharedStack.class)
class EntityProcessIT {
  private static final String TRAIT = "demand";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");
  private static final int ITEMS = 20;
  private static final int SALES = 400;

  private static LocalStack stack;
  private static TopicClient topics;

  @BeforeAll
  static void startStack(LocalStack shared) {
    stack = shared;
    topics = new TopicClient(stack);
  }

  @Test
  void shouldKeepItemsByConfigurationAloneAndGoOnAfterItWasKilled(@TempDir Path folder)
      throws IOException {
    Path features = Files.writeString(folder.resolve("items.yaml"), TestItems.YAML);
    Map<String, String> settings =
        Map.of(
            "presage.time.clock",
            "events",
            "presage.entities.item.key-property",
            "productId",
            "presage.entities.item.features.file",
            features.toString());
    try (ScoringProcess app =
        new ScoringProcess(stack, folder.resolve("app"), "items-", settings)) {
      app.awaitReady();
      topics.write(
          "items-trait-definitions",
          TraitDefinition.class,
          List.of(new Keyed<>(TRAIT, definition())));
      // Whoever has read the model at the start of the second life has the definition, too.
      app.killAndStartAgain();
      app.awaitReady();
      topics.write(
          "items-models", ModelArtefact.class, List.of(new Keyed<>(TRAIT + "/v1", stump())));
      await()
          .atMost(PATIENCE)
          .until(() -> !topics.read("items-model-status", ModelStatus.class).isEmpty());
      sell(0, SALES / 2);
      awaitScores(SALES / 2);
      app.killAndStartAgain();
      sell(SALES / 2, SALES);
      awaitScores(SALES);
      app.awaitReady();

      assertThat(app.get("/v1/progress").body()).contains("\"entityType\":\"item\"");
      assertThat(app.get("/v1/profiles/p-0?entityType=item").body())
          .contains("\"sales_7d\"", "\"" + TRAIT + "\"");
      assertThat(app.get("/v1/profiles/p-0").statusCode()).as("no customer").isEqualTo(404);
      assertThat(app.get("/v1/profiles/p-0?entityType=brand").body())
          .contains("There is no entity type brand; there are [customer, item]");
      assertThat(app.get("/v1/traits/" + TRAIT + "/distribution").statusCode()).isEqualTo(200);
    }

    assertThat(scores())
        .as("each sale is scored once")
        .extracting(it -> it.value().getEventId())
        .doesNotHaveDuplicates()
        .hasSize(SALES);
    List<ConsumerRecord<String, TraitUpdate>> updates =
        topics.read("items-trait-updates", TraitUpdate.class);
    for (int item = 0; item < ITEMS; item++) {
      String id = "p-" + item;
      assertThat(updates)
          .filteredOn(it -> it.key().equals(id))
          .extracting(
              it -> it.value().getEntityType(),
              it -> it.value().getRevision(),
              it -> it.value().getValue() > 0.5)
          .as("the first sale of %s, and the one that crosses the threshold", id)
          .containsExactly(tuple("item", 1L, false), tuple("item", 2L, true));
    }
    assertThat(topics.read("items-trait-values", TraitUpdate.class))
        .extracting(ConsumerRecord::key)
        .contains("item:p-0/" + TRAIT)
        .allMatch(it -> it.startsWith("item:p-"));
  }

  private static void sell(int from, int until) {
    List<Keyed<Event>> events = new ArrayList<>();
    for (int i = from; i < until; i++) {
      String user = "u-" + i % 7;
      events.add(
          new Keyed<>(
              user,
              new Event(
                  "e-" + i,
                  "order_completed",
                  START.plusSeconds(i),
                  user,
                  null,
                  Map.of("revenue", 1.0, "productId", "p-" + i % ITEMS))));
    }
    topics.write("items-events", Event.class, events);
  }

  /** The scores that events asked for. */
  private static List<ConsumerRecord<String, TrainingExample>> scores() {
    return topics.read("items-training-examples", TrainingExample.class).stream()
        .filter(it -> it.value().getEventId() != null)
        .toList();
  }

  private static void awaitScores(int atLeast) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> scores().size() >= atLeast);
  }

  private static ModelArtefact stump() {
    return TestModels.stump(
        new FeatureEngine(TestItems.declarations()).schema(), TRAIT, "v1", "sales_7d", 9.5f, -1, 1);
  }

  /** Keeps every score as an example. */
  private static TraitDefinition definition() {
    return TraitDefinition.newBuilder()
        .setTrait(TRAIT)
        .setEntityType("item")
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(Duration.ofDays(7).toMillis())
        .setExampleShare(1)
        .build();
  }
}
