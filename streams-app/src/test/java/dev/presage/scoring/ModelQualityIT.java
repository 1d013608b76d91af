package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.BinShares;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelMeasurement;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.PrivacyCommand;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TrainingPopulation;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.VersionQuality;
import dev.presage.scoring.TopicClient.Keyed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A live model and a shadow, measured by two instances. */
@ExtendWith(SharedStack.class)
class ModelQualityIT {
  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Instant START = Instant.parse("2011-09-01T00:00:00Z");
  private static final Duration HORIZON = Duration.ofDays(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PREFIX = "quality-";
  private static final int PEOPLE = 120;
  private static final int BUYERS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FeatureSchema schema = new FeatureEngine(TestFeatures.declarations()).schema();

  @Test
  void shouldMeasureAShadowAndWhatBecameOfLikelihoods(LocalStack stack, @TempDir Path folder) {
    try (ScoringProcess one = instance(stack, folder.resolve("one"), "scoring-1");
        ScoringProcess other = instance(stack, folder.resolve("other"), "scoring-2")) {
      one.awaitReady();
      other.awaitReady();
      TopicClient topics = new TopicClient(stack, PREFIX);
      define(topics);

      // Everybody orders, buyers twice: the live model tells them apart, the shadow none of them.
      order(topics, IntStream.range(0, PEOPLE).boxed().toList(), "e-1-", START);
      order(topics, IntStream.range(0, BUYERS).boxed().toList(), "e-2-", START.plusSeconds(1));
      await().atMost(PATIENCE).untilAsserted(() -> assertCompared(topics, PEOPLE + BUYERS));

      // Buyers order again within the horizon, and then it is over for all.
      order(
          topics,
          IntStream.range(0, BUYERS).boxed().toList(),
          "e-3-",
          START.plus(Duration.ofDays(2)));
      order(
          topics,
          IntStream.range(PEOPLE, PEOPLE + 40).boxed().toList(),
          "e-4-",
          START.plus(HORIZON).plusSeconds(10));

      for (String instance : List.of("scoring-1", "scoring-2")) {
        await().atMost(PATIENCE).untilAsserted(() -> assertMeasured(quality(topics, instance)));
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(quality(topics, "scoring-1")).isEqualTo(quality(topics, "scoring-2")));
      for (ScoringProcess app : List.of(one, other)) {
        await().atMost(PATIENCE).untilAsserted(() -> assertShown(app));
      }

      long labelled = quality(topics, "scoring-1").getAtEvents().getLabelled();
      topics.write(
          "privacy-commands",
          PrivacyCommand.class,
          List.of(
              new Keyed<>(
                  "user-0", new PrivacyCommand("user-0", PrivacyAction.ERASE, "r-1", START))));
      for (String instance : List.of("scoring-1", "scoring-2")) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(quality(topics, instance).getAtEvents().getLabelled())
                        .as("without the two scores of the one who was erased")
                        .isEqualTo(labelled - 2));
      }

      other.killAndStartAgain();
      other.awaitReady();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(json(other).at("/versions/0/atEvents/labelled").asLong())
                      .as("all is read again")
                      .isEqualTo(labelled - 2));
      assertThat(one.get("/v1/traits/nothing/quality").statusCode()).isEqualTo(404);
    }
  }

  private static void assertCompared(TopicClient topics, long pairs) {
    List<ModelMeasurement> measured =
        statuses(topics).values().stream().map(ModelStatus::getMeasurement).toList();
    assertThat(measured).hasSize(2).doesNotContainNull();
    assertThat(measured)
        .flatExtracting(ModelMeasurement::getChallengers)
        .hasSize(2)
        .allSatisfy(
            it -> {
              assertThat(it.getVersion()).isEqualTo("v2");
              assertThat(it.getLiveVersion()).isEqualTo("v1");
              assertThat(it.getMeanAbsoluteDifference()).isBetween(0.2, 0.5);
              assertThat(it.getChangedBands()).isBetween(0.05, 1.0);
              assertThat(it.getRankCorrelation()).as("the shadow ranks nobody").isNull();
            });
    assertThat(
            measured.stream()
                .flatMap(it -> it.getChallengers().stream())
                .mapToLong(it -> it.getPairs())
                .sum())
        .as("each instance measures its own profiles")
        .isEqualTo(pairs);
    assertThat(statuses(topics).values())
        .as("the last decision stays")
        .allSatisfy(it -> assertThat(it.getLiveVersion()).isEqualTo("v1"));
  }

  private static void assertMeasured(VersionQuality quality) {
    assertThat(quality.getVersion()).isEqualTo("v1");
    assertThat(quality.getAtEvents())
        .satisfies(
            it -> {
              assertThat(it.getLabelled()).isEqualTo(PEOPLE + BUYERS);
              // Buyers at their first order are positives among all others with one order.
              assertThat(it.getMeanLabel())
                  .isCloseTo(2.0 * BUYERS / (PEOPLE + BUYERS), within(1e-9));
              assertThat(it.getAuc()).isCloseTo(0.75, within(1e-9));
              assertThat(it.getLogLoss()).isBetween(0.3, 0.6);
              assertThat(it.getCalibration()).hasSize(2);
              assertThat(it.getCalibration().getLast().getMeanLabel()).isEqualTo(1);
              assertThat(it.getCalibration().getLast().getExamples()).isEqualTo(BUYERS);
            });
    assertThat(quality.getOverall().getLabelled())
        .isGreaterThanOrEqualTo(quality.getAtEvents().getLabelled());
    assertThat(quality.getStability()).isNotNull();
    assertThat(quality.getStability().getExamples()).isEqualTo(PEOPLE + 2 * BUYERS + 40);
    assertThat(quality.getStability().getFeatures().get("orders_30d"))
        .as("most have one order, where in training half had more")
        .isGreaterThan(0.1);
  }

  private static void assertShown(ScoringProcess app) {
    assertThat(app.get("/metrics").body())
        .contains(
            "presage_challenger_mean_absolute_difference{trait=\"" + TRAIT + "\",version=\"v2\"}",
            "presage_challenger_changed_bands{trait=\"" + TRAIT + "\",version=\"v2\"}",
            "presage_model_auc{scores=\"events\",trait=\"" + TRAIT + "\",version=\"v1\"} 0.75",
            "presage_model_log_loss{scores=\"all\",trait=\"" + TRAIT + "\",version=\"v1\"}",
            "presage_model_calibration_outcome{decile=\"10\",scores=\"events\",trait=\""
                + TRAIT
                + "\",version=\"v1\"} 1.0",
            "presage_model_score_stability{trait=\"" + TRAIT + "\",version=\"v1\"}",
            "presage_model_feature_stability{feature=\"orders_30d\",trait=\"" + TRAIT);
    JsonNode quality = json(app);
    assertThat(quality.at("/challengers/0/liveVersion").asText()).isEqualTo("v1");
    assertThat(quality.at("/versions/0/atEvents/auc").asDouble()).isCloseTo(0.75, within(1e-9));
    assertThat(quality.at("/versions/0/stability/features").has("orders_30d")).isTrue();
  }

  private static JsonNode json(ScoringProcess app) {
    String body = app.get("/v1/traits/" + TRAIT + "/quality").body();
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }

  private static VersionQuality quality(TopicClient topics, String instance) {
    ModelStatus status = statuses(topics).get(instance);
    assertThat(status).isNotNull();
    assertThat(status.getMeasurement()).isNotNull();
    assertThat(status.getMeasurement().getQuality()).hasSize(1);
    return status.getMeasurement().getQuality().getFirst();
  }

  /** What every instance said last. */
  private static Map<String, ModelStatus> statuses(TopicClient topics) {
    Map<String, ModelStatus> last = new TreeMap<>();
    topics
        .read("model-status", ModelStatus.class)
        .forEach(it -> last.put(it.value().getInstance(), it.value()));
    return last;
  }

  private static ScoringProcess instance(LocalStack stack, Path folder, String id) {
    return new ScoringProcess(
        stack,
        folder,
        PREFIX,
        Map.of(
            "presage.instance-id", id,
            "presage.time.clock", "events",
            "presage.quality.interval", "500ms"));
  }

  private void define(TopicClient topics) {
    topics.write(
        "trait-definitions",
        TraitDefinition.class,
        List.of(
            new Keyed<>(
                TRAIT,
                TraitDefinition.newBuilder()
                    .setTrait(TRAIT)
                    .setTarget(new Target("order_completed", "true"))
                    .setHorizonMillis(HORIZON.toMillis())
                    .setExampleShare(1)
                    .build())));
    ModelArtefact live =
        ModelArtefact.newBuilder(TestModels.stump(schema, TRAIT, "v1", "orders_30d", 1.5f, -1, 1))
            .setPopulation(population())
            .build();
    ModelArtefact shadow =
        ModelArtefact.newBuilder(TestModels.stump(schema, TRAIT, "v2", "orders_30d", 99f, 0, 1))
            .setStage(ModelStage.SHADOW)
            .build();
    topics.write(
        "models",
        ModelArtefact.class,
        List.of(new Keyed<>(TRAIT + "/v1", live), new Keyed<>(TRAIT + "/v2", shadow)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(statuses(topics).values())
                    .hasSize(2)
                    .allSatisfy(it -> assertThat(it.getOutcome()).isEqualTo(ModelOutcome.SHADOW)));
  }

  /** Of all features as of the number of orders, half of the rows with more than one. */
  private TrainingPopulation population() {
    BinShares orders = new BinShares(List.of(1.0), List.of(0.5, 0.5), 0.0);
    return new TrainingPopulation(
        1000L,
        Collections.nCopies(schema.names().size(), orders),
        1000L,
        new BinShares(List.of(0.5), List.of(0.5, 0.5), 0.0));
  }

  private static void order(TopicClient topics, List<Integer> people, String event, Instant time) {
    List<Keyed<Event>> events = new ArrayList<>();
    for (int person : people) {
      String id = "user-" + person;
      events.add(
          new Keyed<>(
              id,
              new Event(
                  event + person, "order_completed", time, id, null, Map.of("revenue", 12.5))));
    }
    topics.write("events", Event.class, events);
  }
}
