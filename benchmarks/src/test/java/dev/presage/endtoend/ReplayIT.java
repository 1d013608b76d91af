package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.endtoend.ReplayedPeople.Kind;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.HeldTrigger;
import dev.presage.schemas.avro.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Points 1, 5, 7, 10 and 11 of the semantics: the demo's replay, with devices, late and repeated
 * orders, silence, merges and erasures, ends in the same on one instance as on three, and the
 * retrainer's fold of its log gives every vector that was served.
 */
@Tag("slow") // Minutes: -Pslow-tests runs it.
class ReplayIT {
  private static final Logger log = LoggerFactory.getLogger(ReplayIT.class);
  private static final double TOLERANCE = 0.01;

  @Test
  void shouldEndInTheSameOnOneInstanceAsOnThree(@TempDir Path folder) throws IOException {
    ReplayedPeople people = new ReplayedPeople(Files.createDirectories(folder), ReplayRun.DEMO);
    ReplayOutputs one = run(folder.resolve("one"), people, 1);
    ReplayOutputs three = run(folder.resolve("three"), people, 3);

    assertThat(three.partitions()).hasSize(3).allMatch(it -> it > 0);
    Comparison comparison = new Comparison(linkedInTheStream(people));
    comparison.same("profiles", one.profiles(), three.profiles());
    comparison.same("trait-values", one.traitValues(), three.traitValues());
    comparison.same("trait-updates", one.traitUpdates(), three.traitUpdates());
    comparison.same("segment-changes", one.segmentChanges(), three.segmentChanges());
    comparison.same("training-examples", one.trainingExamples(), three.trainingExamples());
    comparison.same("trigger candidates", candidates(one), candidates(three));
    comparison.sameFeaturesOfThoseLinkedInTheStream(one.profiles(), three.profiles());
    assertThatServedVectorsAreThoseOfTheLog(comparison.softly, one);
    assertThatServedVectorsAreThoseOfTheLog(comparison.softly, three);
    comparison.softly.assertThat(three.receipts()).isEqualTo(one.receipts());
    comparison.softly.assertThat(three.deadLetters()).isEqualTo(one.deadLetters());
    comparison.softly.assertAll();
  }

  private static ReplayOutputs run(Path data, ReplayedPeople people, int instances)
      throws IOException {
    try (ReplayRun run = new ReplayRun(data, people, instances)) {
      ReplayOutputs outputs = run.run();
      log.info(
          "{} instances with {} partitions: {} profiles, {} keys of updates, vectors {}, {}",
          instances,
          outputs.partitions(),
          outputs.profiles().size(),
          outputs.traitUpdates().size(),
          outputs.vectors().equal(),
          outputs.rows());
      return outputs;
    }
  }

  private static Set<String> linkedInTheStream(ReplayedPeople people) {
    Set<String> ids = new HashSet<>(people.of(Kind.LINKED_IN_THE_STREAM));
    people.of(Kind.LINKED_IN_THE_STREAM).forEach(it -> ids.add(ReplayedPeople.deviceOf(it)));
    return ids;
  }

  private static void assertThatServedVectorsAreThoseOfTheLog(
      SoftAssertions softly, ReplayOutputs outputs) {
    softly.assertThat(outputs.vectors().different()).isEmpty();
    softly
        .assertThat(outputs.vectors().equal())
        .containsKeys(Cause.EVENT, Cause.CORRECTION, Cause.SILENCE, Cause.MERGE, Cause.MODEL);
    softly
        .assertThat(outputs.rows())
        .satisfies(
            it -> {
              assertThat(it.served()).isGreaterThan(3_000);
              assertThat(it.notServed()).isLessThanOrEqualTo(it.servedAsOfRungs());
            });
  }

  /** Whom a total cap lets through depends on who came first; who came does not. */
  private static Map<String, Set<String>> candidates(ReplayOutputs outputs) {
    Map<String, Set<String>> candidates = new TreeMap<>();
    add(outputs.triggers(), Trigger::getTriggerId, candidates);
    add(outputs.heldTriggers(), HeldTrigger::getTriggerId, candidates);
    return candidates;
  }

  private static <T> void add(
      Map<String, List<@Nullable T>> from, Function<T, String> id, Map<String, Set<String>> to) {
    from.forEach(
        (profile, records) ->
            to.computeIfAbsent(profile, _ -> new TreeSet<>())
                .addAll(
                    records.stream().filter(Objects::nonNull).map(id).collect(Collectors.toSet())));
  }

  /**
   * Holds two replays against each other.
   *
   * @param linkedInTheStream the IDs whose links race with their events
   */
  private record Comparison(Set<String> linkedInTheStream, SoftAssertions softly) {
    private static final int MOST_SHOWN = 3;

    Comparison(Set<String> linkedInTheStream) {
      this(linkedInTheStream, new SoftAssertions());
    }

    /** All that there is of a profile, in its order. */
    <T> void same(String what, Map<String, T> one, Map<String, T> three) {
      Set<String> keys = new TreeSet<>(one.keySet());
      keys.addAll(three.keySet());
      keys.removeIf(it -> linkedInTheStream.contains(it.split("/", 2)[0]));
      List<String> different =
          keys.stream().filter(it -> !Objects.equals(one.get(it), three.get(it))).toList();
      softly
          .assertThat(
              different.stream()
                  .limit(MOST_SHOWN)
                  .map(
                      it ->
                          "%s%non one:   %s%non three: %s"
                              .formatted(it, one.get(it), three.get(it))))
          .as("%s: %d of %d keys differ", what, different.size(), keys.size())
          .isEmpty();
      softly.assertThat(keys).as(what).isNotEmpty();
    }

    /** The value may be that of another update, which is not further off than the tolerance. */
    void sameFeaturesOfThoseLinkedInTheStream(
        Map<String, JsonNode> one, Map<String, JsonNode> three) {
      for (String id : linkedInTheStream) {
        JsonNode a = one.get(id);
        JsonNode b = three.get(id);
        if (a == null || b == null) {
          continue;
        }
        for (String part : List.of("id", "lineage", "asOf", "features")) {
          softly.assertThat(b.path(part)).as("%s of %s", part, id).isEqualTo(a.path(part));
        }
        softly
            .assertThat(b.at("/traits/0/value").doubleValue())
            .as("value of %s", id)
            .isCloseTo(a.at("/traits/0/value").doubleValue(), within(2 * TOLERANCE));
      }
    }
  }
}
