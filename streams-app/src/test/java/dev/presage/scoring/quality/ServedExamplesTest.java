package dev.presage.scoring.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.BinShares;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TrainingPopulation;
import dev.presage.schemas.avro.TraitKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class ServedExamplesTest {
  private static final Instant START = Instant.parse("2011-09-01T10:00:00Z");
  private static final Duration WINDOW = Duration.ofDays(30);
  private static final BinShares ORDERS =
      new BinShares(List.of(1.0, 2.0), List.of(0.5, 0.3, 0.2), 0.0);
  private static final BinShares REVENUE = new BinShares(List.of(10.0), List.of(0.4, 0.4), 0.2);
  private static final BinShares SCORES = new BinShares(List.of(0.5), List.of(0.5, 0.5), 0.0);

  private final LoadedModel live =
      Models.loaded(
          "v1",
          ModelStage.LIVE,
          List.of(),
          new TrainingPopulation(1000L, List.of(ORDERS, REVENUE), 1000L, SCORES));
  private final LoadedModel before = Models.loaded("v0", ModelStage.LIVE);
  private final Map<String, MeasuredTrait> traits = new HashMap<>();
  private final ServedExamples examples = new ServedExamples(WINDOW, 1000, traits::get);

  ServedExamplesTest() {
    traits.put(Models.TRAIT, Models.trait(TraitKind.LIKELIHOOD, live, before));
  }

  /**
   * A naive twin: all records are known, so the figures follow from what is left under each key.
   */
  @Property(tries = 60)
  void shouldMeasureWhatIsLeftUnderEachKey(@ForAll long seed) {
    ServedExamples examples = new ServedExamples(WINDOW, 1000, traits::get);
    Random random = new Random(seed);
    Map<String, TrainingExample> left = new HashMap<>();
    Instant newest = Instant.EPOCH;
    for (int i = 0; i < 400; i++) {
      String key = "user-" + random.nextInt(300) + "/" + Models.TRAIT + "/1";
      TrainingExample example = null;
      TrainingExample known = left.get(key);
      if (random.nextInt(8) > 0) {
        example =
            known == null
                ? example(
                    START.plus(Duration.ofHours(random.nextInt(24 * 60))),
                    random.nextInt(4) == 0 ? "v0" : "v1",
                    random.nextBoolean() ? Cause.EVENT : Cause.SILENCE,
                    random.nextInt(10) / 10.0,
                    null,
                    random.nextInt(4),
                    random.nextInt(5) == 0 ? Double.NaN : random.nextInt(20))
                : TrainingExample.newBuilder(known).setLabel((double) random.nextInt(2)).build();
        newest = example.getAsOf().isAfter(newest) ? example.getAsOf() : newest;
        left.put(key, example);
      } else {
        left.remove(key);
      }
      examples.onRecord(key, example);
    }

    List<VersionFigures> figures = examples.figures(trait());

    for (String version : List.of("v0", "v1")) {
      assertFigures(figures, version, left, newest);
    }
  }

  private static void assertFigures(
      List<VersionFigures> figures,
      String version,
      Map<String, TrainingExample> left,
      Instant newest) {
    Instant recentFrom = newest.minus(WINDOW);
    Instant labelledFrom = recentFrom.minus(Models.HORIZON);
    List<TrainingExample> recent = new ArrayList<>();
    List<TrainingExample> recentEvents = new ArrayList<>();
    List<TrainingExample> labelled = new ArrayList<>();
    for (TrainingExample it : left.values()) {
      if (it.getModelVersion().equals(version)) {
        if (it.getAsOf().isAfter(recentFrom)) {
          recent.add(it);
          if (it.getCause() == Cause.EVENT) {
            recentEvents.add(it);
          }
        }
        if (it.getLabel() != null && it.getAsOf().isAfter(labelledFrom)) {
          labelled.add(it);
        }
      }
    }
    if (recent.isEmpty() && labelled.isEmpty()) {
      return;
    }
    VersionFigures measured =
        figures.stream().filter(it -> it.version().equals(version)).findFirst().orElseThrow();
    assertThat(measured.newestAsOf()).isEqualTo(newest);
    assertThat(measured.examples()).isEqualTo(recent.size());
    assertThat(measured.overall().labelled()).isEqualTo(labelled.size());
    assertThat(measured.atEvents().labelled())
        .isEqualTo(labelled.stream().filter(it -> it.getCause() == Cause.EVENT).count());
    if (!labelled.isEmpty()) {
      assertThat(measured.overall().meanScore())
          .isCloseTo(
              labelled.stream().mapToDouble(TrainingExample::getScore).average().orElseThrow(),
              within(1e-12));
      assertThat(measured.overall().meanLabel())
          .isCloseTo(
              labelled.stream().mapToDouble(TrainingExample::getLabel).average().orElseThrow(),
              within(1e-12));
    }
    if (version.equals("v0") || recentEvents.size() < StabilityFigures.LEAST) {
      assertThat(measured.stability()).isNull();
    } else {
      assertThat(measured.stability()).isNotNull();
      assertThat(measured.stability().examples()).isEqualTo(recentEvents.size());
      assertThat(measured.stability().features().get("orders"))
          .isCloseTo(
              index(ORDERS, recentEvents.stream().map(it -> it.getFeatures().get(0)).toList()),
              within(1e-12));
      assertThat(measured.stability().features().get("revenue"))
          .isCloseTo(
              index(REVENUE, recentEvents.stream().map(it -> it.getFeatures().get(1)).toList()),
              within(1e-12));
      assertThat(measured.stability().scores())
          .isCloseTo(
              index(SCORES, recentEvents.stream().map(TrainingExample::getScore).toList()),
              within(1e-12));
    }
  }

  /** By the definition: the sum over bins of (a − e) ln(a / e). */
  private static double index(BinShares bins, List<Double> numbers) {
    List<Double> expected = new ArrayList<>(bins.getShares());
    expected.add(bins.getMissing());
    double index = 0;
    for (int bin = 0; bin < expected.size(); bin++) {
      int here = bin;
      double count = numbers.stream().filter(it -> binOf(bins.getEdges(), it) == here).count();
      if (count > 0 || expected.get(bin) > 0) {
        double a = Math.max(count, 0.5) / numbers.size();
        double e = Math.max(expected.get(bin), 0.0005);
        index += (a - e) * Math.log(a / e);
      }
    }
    return index;
  }

  private static int binOf(List<Double> edges, double number) {
    return Double.isNaN(number)
        ? edges.size() + 1
        : (int) edges.stream().filter(it -> it < number).count();
  }

  @Example
  void shouldForgetAnExampleThatWasTakenBack() {
    examples.onRecord("a/t/1", example(START, "v1", 0.9, 1.0));
    examples.onRecord("b/t/1", example(START, "v1", 0.1, 0.0));
    assertThat(figures("v1").overall().auc()).isEqualTo(1);

    examples.onRecord("a/t/1", null);

    assertThat(figures("v1").overall().labelled()).isEqualTo(1);
    assertThat(figures("v1").overall().auc()).isNaN();
    examples.onRecord("b/t/1", null);
    assertThat(examples.figures(trait())).isEmpty();
  }

  @Example
  void shouldForgetWhatIsOlderThanTheWindowBeforeTheHorizon() {
    examples.onRecord("old/t/1", example(START, "v1", 0.9, 1.0));
    examples.onRecord("new/t/1", example(START.plus(WINDOW).plusMillis(1), "v1", 0.2, null));

    assertThat(figures("v1").examples()).as("that drift is measured of").isEqualTo(1);
    assertThat(figures("v1").overall().labelled()).isEqualTo(1);

    Instant later = START.plus(WINDOW).plus(Models.HORIZON);
    examples.onRecord("newer/t/1", example(later, "v1", 0.2, null));
    assertThat(figures("v1").overall().labelled()).isZero();
    examples.onRecord("old/t/2", example(START, "v1", 0.9, 1.0));
    assertThat(figures("v1").overall().labelled()).isZero();
    assertThat(figures("v1").examples()).isEqualTo(2);
  }

  @Example
  void shouldKeepExamplesOfAVersionThatThisInstanceLoadsLater() {
    traits.put(Models.TRAIT, Models.trait(TraitKind.LIKELIHOOD, before));
    examples.onRecord("a/t/1", example(START, "v1", 0.9, null));
    assertThat(examples.figures(trait())).isEmpty();

    traits.put(Models.TRAIT, Models.trait(TraitKind.LIKELIHOOD, live, before));

    assertThat(figures("v1").examples()).isEqualTo(1);
  }

  @Example
  void shouldForgetVersionsThatAreNotLoadedButForTheLastFew() {
    for (int i = 0; i < 10; i++) {
      examples.onRecord("a/t/" + i, example(START, "retired-" + i, 0.9, null));
      examples.onRecord("b/t/" + i, example(START, "v1", 0.9, null));
    }
    LoadedModel[] all = new LoadedModel[10];
    for (int i = 0; i < 10; i++) {
      all[i] = Models.loaded("retired-" + i, ModelStage.SHADOW);
    }
    traits.put(Models.TRAIT, Models.trait(TraitKind.LIKELIHOOD, all));

    assertThat(examples.figures(trait()))
        .extracting(VersionFigures::version)
        .containsExactly("retired-6", "retired-7", "retired-8", "retired-9");
  }

  @Example
  void shouldPassOverTraitsThatAreNotThere() {
    TrainingExample other =
        TrainingExample.newBuilder(example(START, "v1", 0.9, null)).setTrait("other").build();

    examples.onRecord("a/other/1", other);

    assertThat(examples.figures(trait())).isEmpty();
  }

  /** Beyond the most that are kept: a sample, by key, in which labels find their examples. */
  @Example
  void shouldSampleBeyondTheMostThatAreKept() {
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      examples.onRecord("user-" + i + "/t/1", example(START, "v1", i / (double) count, null));
    }
    assertThat(figures("v1").examples()).isBetween(500L, 1000L);

    for (int i = 0; i < count; i++) {
      examples.onRecord("user-" + i + "/t/1", example(START, "v1", i / (double) count, 1.0));
    }

    assertThat(figures("v1").examples()).isBetween(500L, 1000L);
    assertThat(figures("v1").overall().labelled()).isEqualTo(figures("v1").examples());
    assertThat(figures("v1").overall().meanScore()).isCloseTo(0.5, within(0.06));
  }

  private VersionFigures figures(String version) {
    return examples.figures(trait()).stream()
        .filter(it -> it.version().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private MeasuredTrait trait() {
    MeasuredTrait trait = traits.get(Models.TRAIT);
    assertThat(trait).isNotNull();
    return trait;
  }

  private static TrainingExample example(
      Instant asOf, String version, double score, @Nullable Double label) {
    return example(asOf, version, Cause.EVENT, score, label, 1, 1);
  }

  private static TrainingExample example(
      Instant asOf,
      String version,
      Cause cause,
      double score,
      @Nullable Double label,
      double orders,
      double revenue) {
    return new TrainingExample(
        Models.TRAIT,
        "somebody",
        asOf,
        null,
        cause,
        "f00d",
        List.of(orders, revenue),
        version,
        score,
        label);
  }
}
