package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Failure;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Point 11 of the semantics, erasure, for training examples: vectors as served, and what happened
 * over the horizon, also where nothing did.
 */
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class ExampleTopologyTest {
  private static final String TRAIT = "likelihood";
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");
  private static final Duration HORIZON = Duration.ofDays(30);

  private ScoringDriver driver;
  private TestOutputTopic<String, TrainingExample> examples;

  @BeforeEach
  void start(@TempDir Path folder) {
    driver = new ScoringDriver(folder);
    examples = driver.output(driver.topics().trainingExamples(), TrainingExample.class);
    driver.define(TRAIT, 1);
    driver.serve(TRAIT, "v1", 1);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void shouldLabelAnExampleOfASilentProfileWhenItsHorizonIsOver() {
    driver.order("silent", START);
    driver.order("busy", START.plus(HORIZON).plusMillis(1));
    driver.settle();

    List<KeyValue<String, TrainingExample>> sent = examples.readKeyValuesToList();

    assertThat(sent.getFirst())
        .satisfies(
            it -> {
              assertThat(it.key).isEqualTo("silent/" + TRAIT + "/1");
              assertThat(it.value.getLabel()).isNull();
            });
    assertThat(sent)
        .filteredOn(it -> it.value.getLabel() != null)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.key).isEqualTo("silent/" + TRAIT + "/1");
              assertThat(it.value.getLabel()).isZero();
              assertThat(it.value.getAsOf()).isEqualTo(START);
              assertThat(it.value.getFeatures()).isEqualTo(sent.getFirst().value.getFeatures());
            });
  }

  @Test
  void shouldCountATargetAtTheEndOfTheHorizonAndNoneAfterIt() {
    driver.order("in-time", START);
    driver.order("in-time", START.plus(HORIZON));
    driver.order("too-late", START);
    driver.order("too-late", START.plus(HORIZON).plusMillis(1));
    driver.order("clock", START.plus(HORIZON).plusMillis(2));
    driver.settle();

    Map<String, TrainingExample> last = new TreeMap<>();
    examples.readKeyValuesToList().forEach(it -> last.put(it.key, it.value));
    assertThat(last.get("in-time/" + TRAIT + "/1"))
        .extracting(TrainingExample::getLabel)
        .isEqualTo(1.0);
    assertThat(last.get("too-late/" + TRAIT + "/1"))
        .extracting(TrainingExample::getLabel)
        .isEqualTo(0.0);
  }

  @Test
  void shouldLabelAnAbsentTargetTheOtherWayRound() {
    redefine(defined().setAbsent(true));
    driver.order("silent", START);
    driver.order("active", START);
    driver.order("active", START.plusSeconds(1));
    driver.order("clock", START.plus(HORIZON).plusSeconds(2));
    driver.settle();

    Map<String, TrainingExample> last = new TreeMap<>();
    examples.readKeyValuesToList().forEach(it -> last.put(it.key, it.value));
    assertThat(last.get("silent/" + TRAIT + "/1"))
        .extracting(TrainingExample::getLabel)
        .isEqualTo(1.0);
    assertThat(last.get("active/" + TRAIT + "/1"))
        .extracting(TrainingExample::getLabel)
        .isEqualTo(0.0);
    assertThat(last.get("active/" + TRAIT + "/2"))
        .extracting(TrainingExample::getLabel)
        .isEqualTo(1.0);
  }

  @Test
  void shouldNotLabelWhatATargetAloneDoesNotTell() {
    redefine(defined().setFurther(List.of(new Target("order_cancelled", "true"))));
    driver.order("silent", START);
    driver.order("clock", START.plus(HORIZON).plusSeconds(2));
    driver.settle();
    redefine(
        defined().setFailure(new Failure(List.of(new Target("order_cancelled", "true")), null)));
    driver.order("silent", START.plus(HORIZON).plusSeconds(3));
    driver.order("clock", START.plus(HORIZON.multipliedBy(3)));
    driver.settle();

    assertThat(examples.readValuesToList()).isNotEmpty().allMatch(it -> it.getLabel() == null);
  }

  /**
   * Each example by what was spent in its own horizon, given back or without an amount included.
   */
  @Test
  void shouldLabelAValueByWhatItCameTo() {
    redefine(defined().setKind(TraitKind.VALUE).setSumOf("revenue"));
    paid("buyer", START, 100.0);
    paid("buyer", START.plusSeconds(1), 0.1);
    paid("buyer", START.plusSeconds(2), 0.2);
    paid("buyer", START.plusSeconds(3), -40.25);
    driver.send(
        new Event("no-amount", "order_completed", START.plusSeconds(4), "buyer", null, Map.of()));
    paid("buyer", START.plus(HORIZON).plusSeconds(2), 7.0);
    paid("buyer", START.plus(HORIZON.multipliedBy(3)), 9.0);
    driver.settle();

    Map<String, TrainingExample> last = new TreeMap<>();
    examples.readKeyValuesToList().forEach(it -> last.put(it.key, it.value));
    assertThat(labelsAt(last, START)).containsExactly(-39.95);
    assertThat(labelsAt(last, START.plusSeconds(1))).containsExactly(-40.05);
    assertThat(labelsAt(last, START.plusSeconds(2))).containsExactly(-33.25);
    assertThat(labelsAt(last, START.plusSeconds(3))).containsExactly(7.0);
    assertThat(labelsAt(last, START.plus(HORIZON).plusSeconds(2))).containsExactly(0.0);
  }

  private void paid(String user, Instant time, double revenue) {
    driver.send(
        new Event(
            "paid-" + time.toEpochMilli(),
            "order_completed",
            time,
            user,
            null,
            Map.of("revenue", revenue)));
  }

  private static List<Double> labelsAt(Map<String, TrainingExample> examples, Instant asOf) {
    return examples.values().stream()
        .filter(it -> it.getAsOf().equals(asOf) && it.getCause() == Cause.EVENT)
        .map(it -> Math.round(it.getLabel() * 1e6) / 1e6)
        .toList();
  }

  private void redefine(TraitDefinition.Builder definition) {
    driver.rules().trait(TRAIT, definition.build());
  }

  private TraitDefinition.Builder defined() {
    return TraitDefinition.newBuilder(driver.rules().current().traits().getFirst().definition())
        .setFurther(List.of())
        .setAbsent(false)
        .setFailure(null);
  }

  @Test
  void shouldTakeBackAllExamplesOfAnErasedPerson() {
    driver.event("order_completed", null, "device", START);
    driver.order("user", START.plusSeconds(1));
    driver.link("device", "user", START.plusSeconds(2));
    List<String> keys = examples.readKeyValuesToList().stream().map(it -> it.key).toList();

    driver.command(PrivacyAction.ERASE, "user", "r-1", START.plusSeconds(3));
    driver.order("clock", START.plus(HORIZON).plusSeconds(10));
    driver.settle();

    assertThat(keys).contains("device/" + TRAIT + "/1", "user/" + TRAIT + "/1");
    List<KeyValue<String, TrainingExample>> after = examples.readKeyValuesToList();
    assertThat(after.stream().filter(it -> it.value == null).map(it -> it.key))
        .containsExactlyInAnyOrderElementsOf(keys);
    assertThat(after)
        .as("nothing is labelled any more")
        .allSatisfy(
            it ->
                assertThat(it.value == null || it.value.getCanonicalId().equals("clock")).isTrue());
  }

  /** A naive twin: all events are known, so every label is. */
  @Test
  void shouldLabelAsTheWholeHistorySays() {
    Random random = new Random(5);
    Map<String, List<Instant>> orders = new TreeMap<>();
    Instant time = START;
    for (int i = 0; i < 120; i++) {
      time = time.plusSeconds(random.nextInt(6 * 86_400));
      String user = "user-" + random.nextInt(5);
      orders.computeIfAbsent(user, _ -> new ArrayList<>()).add(time);
      driver.order(user, time);
      if (random.nextInt(3) == 0) {
        driver.settle();
      }
    }
    driver.settle();
    Instant end = time;

    Map<String, TrainingExample> last = new TreeMap<>();
    examples.readKeyValuesToList().forEach(it -> last.put(it.key, it.value));

    assertThat(last.values()).anyMatch(it -> it.getCause() == Cause.SILENCE);
    for (TrainingExample example : last.values()) {
      Instant until = example.getAsOf().plus(HORIZON);
      if (until.isBefore(end)) {
        boolean happened =
            orders.getOrDefault(example.getCanonicalId(), List.of()).stream()
                .anyMatch(it -> it.isAfter(example.getAsOf()) && !it.isAfter(until));
        assertThat(example.getLabel())
            .as("%s as of %s", example.getCanonicalId(), example.getAsOf())
            .isEqualTo(happened ? 1.0 : 0.0);
      } else {
        assertThat(example.getLabel()).isNull();
      }
    }
  }
}
