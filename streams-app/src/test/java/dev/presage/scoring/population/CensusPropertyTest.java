package dev.presage.scoring.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.rules.NameId;
import dev.presage.scoring.rules.RuleBook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Whatever changes before, while and after the scan comes past, the census is what a twin counts
 * that looks at all profiles again.
 */
class CensusPropertyTest {
  private static final int BUY = NameId.of("buy");
  private static final int LATER = NameId.of("later");
  private static final int TIER = NameId.of("tier");

  /** A step: one profile changes, the scan comes past the next one, or a trait is defined. */
  private sealed interface Step {
    record Change(String key, double buy, double later, @Nullable String segment) implements Step {}

    record Pass() implements Step {}

    record Define(boolean isLaterDefined) implements Step {}
  }

  /** What a profile has published last. */
  private record Published(double buy, double later, @Nullable String segment) {
    static final Published NOTHING = new Published(Double.NaN, Double.NaN, null);
  }

  @Provide
  static Arbitrary<List<Step>> steps() {
    Arbitrary<String> key = Arbitraries.of("a", "ab", "b", "ba", "c", "ä", "zz", "€");
    Arbitrary<Double> value = Arbitraries.of(0.1, 0.5, 0.9, Double.NaN);
    Arbitrary<String> segment = Arbitraries.of("gold", "rest").injectNull(0.2);
    Arbitrary<Step> change = Combinators.combine(key, value, value, segment).as(Step.Change::new);
    Arbitrary<Step> pass = Arbitraries.create(Step.Pass::new);
    Arbitrary<Step> define = Arbitraries.of(true, false).map(Step.Define::new);
    return Arbitraries.frequencyOf(Tuple.of(8, change), Tuple.of(6, pass), Tuple.of(1, define))
        .list()
        .ofMaxSize(80);
  }

  @Property
  void shouldEqualARecount(@ForAll("steps") List<Step> steps) {
    Twin twin = new Twin();
    for (Step step : steps) {
      switch (step) {
        case Step.Change change -> twin.change(change);
        case Step.Pass pass -> twin.pass();
        case Step.Define define -> twin.define(define.isLaterDefined());
      }
    }
    while (!twin.census.isDone()) {
      twin.pass();
    }
    twin.assertExact();
  }

  private static final class Twin {
    final PartitionCensus census = new PartitionCensus(0);
    private final TreeMap<byte[], Published> profiles = new TreeMap<>(Arrays::compareUnsigned);
    private final RuleBook rules;
    private final Population population = new Population(1);

    Twin() {
      FeatureSchema schema = new FeatureEngine(TestFeatures.declarations()).schema();
      rules =
          new RuleBook(
              schema, new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), schema.fingerprint()));
      rules.trait("buy", trait("buy"));
      rules.segmentation(
          "tier",
          SegmentDefinition.newBuilder()
              .setSegmentation("tier")
              .setSegments(
                  List.of(
                      new Segment("gold", "orders_30d > 1.0", null),
                      new Segment("rest", "true", null)))
              .build());
      census.follow(rules.current());
    }

    void change(Step.Change change) {
      Published before =
          profiles.getOrDefault(change.key().getBytes(StandardCharsets.UTF_8), Published.NOTHING);
      Published after = new Published(change.buy(), change.later(), change.segment());
      census.traitMoved(change.key(), BUY, before.buy(), after.buy());
      census.traitMoved(change.key(), LATER, before.later(), after.later());
      if (before.segment() != null) {
        census.left(change.key(), TIER, NameId.of(before.segment()));
      }
      if (after.segment() != null) {
        census.entered(change.key(), TIER, NameId.of(after.segment()));
      }
      profiles.put(change.key().getBytes(StandardCharsets.UTF_8), after);
    }

    void pass() {
      if (census.isDone()) {
        return;
      }
      byte[] last = census.last();
      byte[] key =
          last == null
              ? (profiles.isEmpty() ? null : profiles.firstKey())
              : profiles.higherKey(last);
      if (key == null) {
        census.finish();
        return;
      }
      Published seen = Objects.requireNonNull(profiles.get(key));
      census.countTrait(BUY, seen.buy());
      census.countTrait(LATER, seen.later());
      if (seen.segment() != null) {
        census.countSegment(TIER, NameId.of(seen.segment()));
      }
      census.pass(key);
    }

    void define(boolean isLaterDefined) {
      rules.trait("later", isLaterDefined ? trait("later") : null);
      census.follow(rules.current());
    }

    void assertExact() {
      census.share(Instant.EPOCH, population::hasComplete, population::onRecord);
      assertTrait("buy", profiles.values().stream().map(Published::buy).toList());
      if (rules.current().traits().size() == 2) {
        assertTrait("later", profiles.values().stream().map(Published::later).toList());
      }
      SegmentSizes sizes = population.sizes("tier");
      assertThat(sizes.isComplete()).isTrue();
      for (String segment : List.of("gold", "rest")) {
        assertThat(sizes.of(segment))
            .isEqualTo(
                profiles.values().stream().filter(it -> segment.equals(it.segment())).count());
      }
    }

    private void assertTrait(String trait, List<Double> values) {
      Distribution distribution = Objects.requireNonNull(population.distribution(trait));
      Bins bins = LikelihoodBins.STANDARD;
      long[] counts = new long[bins.count()];
      values.stream().filter(it -> !Double.isNaN(it)).forEach(it -> counts[bins.bin(it)]++);
      assertThat(distribution.isComplete()).isTrue();
      assertThat(distribution.buckets(1000))
          .isEqualTo(Distribution.of(bins, counts, 1, true).buckets(1000));
    }

    private static TraitDefinition trait(String name) {
      return TraitDefinition.newBuilder()
          .setTrait(name)
          .setTarget(new Target("order_completed", "true"))
          .setHorizonMillis(1)
          .build();
    }
  }
}
