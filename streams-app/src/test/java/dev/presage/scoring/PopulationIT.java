package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.features.FeatureEngine;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.TopicClient.Keyed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances that know the whole population, though each has a part of it. */
@ExtendWith(SharedStack.class)
class PopulationIT {
  private static final String TRAIT = "likelihood-to-repurchase-30d";
  private static final Instant START = Instant.parse("2011-09-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PREFIX = "population-";
  private static final int PEOPLE = 200;
  private static final int BUYERS = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldRankAgainstAllOnEveryInstance(LocalStack stack, @TempDir Path folder) {
    try (ScoringProcess one = instance(stack, folder.resolve("one"), "scoring-1");
        ScoringProcess other = instance(stack, folder.resolve("other"), "scoring-2")) {
      one.awaitReady();
      other.awaitReady();
      TopicClient topics = new TopicClient(stack, PREFIX);
      define(topics);
      order(topics, IntStream.range(0, PEOPLE).boxed().toList(), "e-1-", START);
      order(topics, IntStream.range(0, BUYERS).boxed().toList(), "e-2-", START.plusSeconds(1));

      for (ScoringProcess app : List.of(one, other)) {
        await().atMost(PATIENCE).untilAsserted(() -> assertCounted(app));
      }
      assertThat(members(one, "buyers")).as("each has a part").isNotEmpty();
      Set<String> members = members(one, "buyers");
      members.addAll(members(other, "buyers"));
      assertThat(members)
          .isEqualTo(
              new TreeSet<>(IntStream.range(0, BUYERS).mapToObj(it -> "user-" + it).toList()));

      other.killAndStartAgain();
      other.awaitReady();
      await().atMost(PATIENCE).untilAsserted(() -> assertCounted(other));

      order(topics, List.of(BUYERS), "e-3-", START.plusSeconds(2));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                TraitUpdate last =
                    topics.read("trait-updates", TraitUpdate.class).stream()
                        .map(it -> it.value())
                        .filter(it -> it.getCanonicalId().equals("user-" + BUYERS))
                        .toList()
                        .getLast();
                assertThat(last.getValue()).isGreaterThan(0.7);
                assertThat(last.getPercentile())
                    .as("in the middle of the other buyers, who are the best tenth")
                    .isEqualTo(95.0);
                assertThat(last.getBand()).isEqualTo("top 5%");
              });
      assertThat(one.get("/metrics").body())
          .contains("presage_census_partitions_unfinished 0.0", "presage_census_profiles ");
      assertThat(one.get("/v1/traits/nothing/distribution").statusCode()).isEqualTo(404);
      assertThat(one.get("/v1/segments/nothing").statusCode()).isEqualTo(404);
      assertThat(one.get("/v1/segments/tier/nobody/members").statusCode()).isEqualTo(404);
      assertThat(one.get("/v1/segments/tier/buyers/members?limit=0").statusCode()).isEqualTo(400);
      assertThat(one.get("/v1/segments/tier/buyers/members?after=x").statusCode()).isEqualTo(400);
      assertThat(one.get("/v1/traits/" + TRAIT + "/distribution?buckets=0").statusCode())
          .isEqualTo(400);
    }
  }

  private static void assertCounted(ScoringProcess app) {
    JsonNode distribution = distribution(app);
    assertThat(distribution.get("complete").asBoolean()).isTrue();
    assertThat(distribution.get("partitions").asInt()).isEqualTo(4);
    assertThat(distribution.get("profiles").asLong()).isEqualTo(PEOPLE);
    assertThat(distribution.get("quantiles").get("50").asDouble()).isBetween(0.26, 0.28);
    assertThat(distribution.get("quantiles").get("95").asDouble()).isBetween(0.72, 0.74);
    JsonNode tier = json(app, "/v1/segments/tier");
    assertThat(tier.get("complete").asBoolean()).isTrue();
    assertThat(tier.get("segments"))
        .extracting(it -> it.get("segment").asText() + " " + it.get("profiles").asLong())
        .containsExactly("buyers " + BUYERS, "rest " + (PEOPLE - BUYERS));
  }

  private static JsonNode distribution(ScoringProcess app) {
    return json(app, "/v1/traits/" + TRAIT + "/distribution");
  }

  /** All pages of an instance. */
  private static Set<String> members(ScoringProcess app, String segment) {
    Set<String> members = new TreeSet<>();
    String more = "";
    do {
      JsonNode page = json(app, "/v1/segments/tier/" + segment + "/members?limit=3" + more);
      assertThat(page.get("members").size()).isLessThanOrEqualTo(3);
      page.get("members").forEach(it -> assertThat(members.add(it.get("id").asText())).isTrue());
      JsonNode next = page.path("next");
      more = next.isTextual() ? "&after=" + next.asText() : "";
    } while (!more.isEmpty());
    return members;
  }

  private static JsonNode json(ScoringProcess app, String path) {
    try {
      return JSON.readTree(app.get(path).body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(path, e);
    }
  }

  private static ScoringProcess instance(LocalStack stack, Path folder, String id) {
    return new ScoringProcess(
        stack,
        folder,
        PREFIX,
        Map.of(
            "presage.instance-id", id,
            "presage.time.clock", "events",
            "presage.population.interval", "200ms"));
  }

  private static void define(TopicClient topics) {
    topics.write(
        "trait-definitions",
        TraitDefinition.class,
        List.of(
            new Keyed<>(
                TRAIT,
                TraitDefinition.newBuilder()
                    .setTrait(TRAIT)
                    .setTarget(new Target("order_completed", "true"))
                    .setHorizonMillis(Duration.ofDays(30).toMillis())
                    .setRanked(true)
                    .build())));
    topics.write(
        "segment-definitions",
        SegmentDefinition.class,
        List.of(
            new Keyed<>(
                "tier",
                SegmentDefinition.newBuilder()
                    .setSegmentation("tier")
                    .setSegments(
                        List.of(
                            new Segment("buyers", "orders_30d >= 2.0", null),
                            new Segment("rest", "true", null)))
                    .build())));
    topics.write(
        "models",
        ModelArtefact.class,
        List.of(
            new Keyed<>(
                TRAIT + "/v1",
                TestModels.stump(
                    new FeatureEngine(TestFeatures.declarations()).schema(),
                    TRAIT,
                    "v1",
                    "orders_30d",
                    1.5f,
                    -1,
                    1))));
    await()
        .atMost(PATIENCE)
        .until(() -> topics.read("model-status", ModelStatus.class).size() >= 2);
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
