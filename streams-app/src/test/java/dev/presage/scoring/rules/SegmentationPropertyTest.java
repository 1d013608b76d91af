package dev.presage.scoring.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.Segment;
import dev.presage.scoring.rules.SegmentDecision.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Whatever way a score takes, the segments are those that a twin finds which reads thresholds
 * instead of rules and looks at the whole way again at each step.
 */
class SegmentationPropertyTest {
  private static final String TRAIT = "buy";
  private static final String SCORE = "traits['" + TRAIT + "']";
  private static final long START = 1_300_000_000_000L;

  /**
   * Bands from the top: a score enters the first band that it reaches the threshold of, and stays
   * in it while it is at most the slack below. A band without slack does not stick.
   */
  record Band(int threshold, @Nullable Integer slack) {
    Segment segment(int number) {
      return new Segment(
          name(number),
          SCORE + " >= " + threshold,
          slack == null ? null : SCORE + " >= " + (threshold - slack));
    }

    static String name(int number) {
      return "band-" + number;
    }
  }

  /** A step of the way: the score, NaN where there is none, and the hours since the step before. */
  record Step(double score, int hours) {}

  private record At(long millis, double score) {}

  private record In(int segmentId, long sinceMillis) implements SegmentMembership {}

  @Provide
  static Arbitrary<List<Band>> bands() {
    Arbitrary<Integer> threshold = Arbitraries.integers().between(0, 10);
    Arbitrary<Integer> slack = Arbitraries.integers().between(0, 4).injectNull(0.3);
    return Combinators.combine(threshold, slack).as(Band::new).list().ofMinSize(1).ofMaxSize(5);
  }

  @Provide
  static Arbitrary<List<Step>> way() {
    Arbitrary<Double> score =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.integers().between(-1, 11).map(it -> (double) it)),
            Tuple.of(1, Arbitraries.just(Double.NaN)));
    return Combinators.combine(score, Arbitraries.integers().between(0, 30))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property(tries = 300) // Each compiles its rules.
  void shouldBeWhereTheTwinIs(
      @ForAll("bands") List<Band> bands,
      @ForAll("way") List<Step> way,
      @ForAll("dwellHours") int dwellHours) {
    long dwell = Duration.ofHours(dwellHours).toMillis();
    ScoringRules rules = rules(bands, Duration.ofMillis(dwell));
    Segmentation segmentation = rules.segmentations().getFirst();
    double[] slots = TestRules.slots(rules);
    List<At> past = new ArrayList<>();
    List<Long> changes = new ArrayList<>();
    In current = null;
    long millis = START;
    for (Step step : way) {
      millis += Duration.ofHours(step.hours()).toMillis();
      past.add(new At(millis, step.score()));
      slots[rules.traits().getFirst().slot()] = step.score();

      SegmentDecision decision = segmentation.decide(current, slots, millis);

      if (decision.outcome() == Outcome.ENTERS) {
        assertThat(segmentation.segmentName(decision.segmentId())).isEqualTo(decision.segment());
        assertThat(current == null || current.segmentId() != decision.segmentId())
            .as("enters another one than it is in")
            .isTrue();
        current = new In(decision.segmentId(), millis);
        changes.add(millis);
      } else if (decision.outcome() != Outcome.UNDECIDED) {
        assertThat(decision.segmentId()).isEqualTo(Objects.requireNonNull(current).segmentId());
      }
      assertThat(current == null ? null : segmentation.segmentName(current.segmentId()))
          .isEqualTo(twin(bands, past, dwell));
      boolean everDecidable = past.stream().anyMatch(it -> !Double.isNaN(it.score()));
      assertThat(current != null)
          .as("in exactly one from the first score on")
          .isEqualTo(everDecidable);
    }
    for (int i = 1; i < changes.size(); i++) {
      assertThat(changes.get(i) - changes.get(i - 1)).isGreaterThanOrEqualTo(dwell);
    }
  }

  @Provide
  static Arbitrary<Integer> dwellHours() {
    return Arbitraries.of(0, 1, 24, 24 * 7);
  }

  private static ScoringRules rules(List<Band> bands, Duration dwell) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < bands.size(); i++) {
      segments.add(bands.get(i).segment(i));
    }
    segments.add(TestRules.rest("rest"));
    RuleBook book = TestRules.book();
    book.trait(TRAIT, TestRules.trait(TRAIT));
    book.segmentation(
        "bands", TestRules.segmentation("bands", dwell, segments.toArray(Segment[]::new)));
    assertThat(book.current().problems()).isEmpty();
    return book.current();
  }

  /** Where a profile is at the end of its way, by name; null where it never had a score. */
  private static @Nullable String twin(List<Band> bands, List<At> way, long dwellMillis) {
    int nowhere = -1;
    int band = nowhere;
    long since = 0;
    for (At at : way) {
      if (Double.isNaN(at.score()) || (band != nowhere && at.millis() - since < dwellMillis)) {
        continue;
      }
      int[] reached =
          IntStream.range(0, bands.size())
              .filter(i -> at.score() >= bands.get(i).threshold())
              .toArray();
      int next = reached.length == 0 ? bands.size() : Arrays.stream(reached).min().getAsInt();
      if (band != nowhere && band < bands.size()) {
        Integer slack = bands.get(band).slack();
        if (slack != null && at.score() >= bands.get(band).threshold() - slack) {
          next = band;
        }
      }
      if (next != band) {
        band = next;
        since = at.millis();
      }
    }
    return band == nowhere ? null : band == bands.size() ? "rest" : Band.name(band);
  }
}
