package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.NaiveTwin.Kept;
import dev.presage.features.RandomDeclarations.FeatureSpec;
import dev.presage.features.explanation.ErrorBound;
import dev.presage.features.explanation.FeatureExplanation;
import dev.presage.features.explanation.FeatureExplanation.Aggregated;
import dev.presage.features.explanation.WindowExplanation;
import dev.presage.features.explanation.WindowExplanation.CutTile;
import dev.presage.features.explanation.WindowExplanation.Tile;
import dev.presage.schemas.avro.Event;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Holds explanations against the naive twin, which keeps every event. */
class ExplanationPropertyTest {
  @Property(tries = 1_000)
  void shouldExplainTheVectorAndBoundItsError(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int size) {
    Random random = new Random(seed);
    RandomDeclarations declarations = RandomDeclarations.random(random);
    Subject subject = new Subject(declarations);
    for (Event event : RandomHistory.random(random, size)) {
      subject.apply(event);
      if (random.nextInt(150) == 0) {
        check(subject, declarations, subject.twin.now());
        check(subject, declarations, past(subject, random));
      }
    }
    check(subject, declarations, subject.twin.now());
    check(subject, declarations, past(subject, random));
  }

  private static long past(Subject subject, Random random) {
    return Math.max(0, subject.twin.now() - (long) Math.pow(10, random.nextDouble() * 10));
  }

  private static void check(Subject subject, RandomDeclarations declarations, long asOf) {
    byte[] before = subject.codec.encode(subject.state);
    double[] vector = new double[subject.engine.schema().size()];
    subject.engine.vector(subject.state, asOf, vector);

    List<FeatureExplanation> explanations = subject.engine.explain(subject.state, asOf);

    assertThat(subject.codec.encode(subject.state)).isEqualTo(before);
    assertThat(explanations)
        .extracting(FeatureExplanation::name)
        .isEqualTo(subject.engine.schema().names());
    assertThat(explanations.stream().mapToDouble(FeatureExplanation::value).toArray())
        .isEqualTo(vector);
    for (FeatureSpec spec : declarations.features()) {
      Aggregated explanation =
          (Aggregated) explanations.get(subject.engine.schema().names().indexOf(spec.name()));
      try {
        check(spec, explanation, subject.twin, asOf);
      } catch (AssertionError e) {
        throw new AssertionError(
            "%s as of %d, the newest is %d: %s"
                .formatted(spec, asOf, subject.twin.now(), explanation),
            e);
      }
    }
  }

  private static void check(FeatureSpec spec, Aggregated explanation, NaiveTwin twin, long asOf) {
    WindowExplanation window = explanation.windows().getFirst();
    assertThat(window.held() + window.eventsInTiles() + window.beyondRetention())
        .isEqualTo(window.events());
    assertCutAtMostInHalf(window.tailCut());
    assertCutAtMostInHalf(window.headCut());
    List<Kept> really = twin.window(spec.series(), window.tailMillis(), asOf);
    assertThat((long) really.size())
        .isBetween(
            window.events() - window.eventsInDoubt(), window.events() + window.eventsInDoubt());
    Double expected = twin.value(spec, asOf);
    ErrorBound bound = explanation.bound();
    if (bound.kind() == ErrorBound.Kind.EXACT
        || (bound.kind() == ErrorBound.Kind.BOUNDED && bound.eventsInDoubt() == 0)) {
      double tolerance =
          NaiveTwin.tolerance(spec, really, 0) + (double) bound.timeOffMillis() / Events.DAY;
      assertThat(NaiveTwin.isNear(expected, explanation.value(), tolerance))
          .as("exactly it is %s", expected)
          .isTrue();
    }
  }

  private static void assertCutAtMostInHalf(Optional<CutTile> cut) {
    cut.ifPresent(
        it -> {
          Tile tile = it.tile();
          assertThat(it.offMillis()).isBetween(1L, (tile.endMillis() - tile.startMillis()) / 2 + 1);
        });
  }
}
