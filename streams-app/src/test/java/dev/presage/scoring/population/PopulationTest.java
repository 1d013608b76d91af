package dev.presage.scoring.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.BinCount;
import dev.presage.schemas.avro.Census;
import dev.presage.schemas.avro.SegmentCount;
import dev.presage.schemas.avro.SegmentationCensus;
import dev.presage.schemas.avro.TraitCensus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final Bins BINS = LikelihoodBins.STANDARD;
  private static final String TRAIT = "buy";

  private final Population population = new Population(2);

  @Test
  void shouldRankOnlyWhenEveryPartitionWasCountedCompletely() {
    hear(0, true, 0.1, 0.2);
    assertThat(population.percentile(TRAIT, 0.3)).isNaN();
    hear(1, false, 0.9);
    assertThat(population.percentile(TRAIT, 0.3)).isNaN();
    assertThat(distribution().profiles()).as("for whoever wants to see it grow").isEqualTo(3);
    assertThat(distribution().partitions()).isEqualTo(1);

    hear(1, true, 0.8, 0.9);

    assertThat(population.percentile(TRAIT, 0.3)).isEqualTo(50);
    assertThat(population.percentile(TRAIT, 0.9)).isEqualTo(87.5);
    assertThat(population.percentile(TRAIT, 0.01)).isZero();
    assertThat(population.percentile("other", 0.01)).isNaN();
  }

  @Test
  void shouldGoOnWithACompleteCensusWhileThePartitionIsCountedAnew() {
    hear(0, true, 0.1);
    hear(1, true, 0.9);
    hear(1, false);
    assertThat(population.percentile(TRAIT, 0.5)).isEqualTo(50);

    hear(1, true, 0.9, 0.9, 0.9);
    assertThat(population.percentile(TRAIT, 0.5)).isEqualTo(25);
  }

  @Test
  void shouldForgetWhatDoesNotCountAnyMore() {
    hear(0, true, 0.1);
    hear(1, true, 0.9);

    population.onRecord(CensusKeys.ofTrait(TRAIT, 1), null);

    assertThat(population.percentile(TRAIT, 0.5)).isNaN();
    assertThat(distribution().profiles()).isEqualTo(1);
    assertThat(population.hasComplete(CensusKeys.ofTrait(TRAIT, 1))).isFalse();
  }

  @Test
  void shouldPassOverOtherBinsAndBeginAnewWithOtherKnownOnes() {
    hear(0, true, 0.1);
    population.onRecord(
        CensusKeys.ofTrait(TRAIT, 1),
        census(1, true, new TraitCensus(TRAIT, "of another release", List.of())));
    assertThat(distribution().partitions()).isEqualTo(1);

    population.onRecord(
        CensusKeys.ofTrait(TRAIT, 0),
        census(0, false, new TraitCensus(TRAIT, ValueBins.STANDARD.name(), List.of())));

    assertThat(distribution().profiles()).as("the trait has become an amount").isZero();
  }

  @Test
  void shouldAddUpSegments() {
    hearSegments(0, new SegmentCount("gold", 2L), new SegmentCount("rest", 5L));
    assertThat(population.sizes("value").isComplete()).isFalse();
    hearSegments(1, new SegmentCount("gold", 1L), new SegmentCount(null, 4L));

    SegmentSizes sizes = population.sizes("value");
    assertThat(sizes.isComplete()).isTrue();
    assertThat(sizes.of("gold")).isEqualTo(3);
    assertThat(sizes.of("rest")).isEqualTo(5);
    assertThat(sizes.of("silver")).isZero();
    assertThat(sizes.former()).isEqualTo(4);
    assertThat(population.sizes("other")).isEqualTo(SegmentSizes.NONE);
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertThatThrownBy(() -> hear(2, true, 0.5))
        .hasMessage("A census is of partition 2; there are 2");
    assertThatThrownBy(
            () ->
                population.onRecord(
                    "trait/buy/0",
                    census(
                        0,
                        true,
                        new TraitCensus(TRAIT, BINS.name(), List.of(new BinCount(-1, 1L))))))
        .hasMessage("A census of buy has 1 profiles in bin -1 of 1538");
    assertThatThrownBy(() -> population.onRecord("trait/buy/0", census(0, true, null)))
        .hasMessage("A census is of either a trait or a segmentation");
    assertThat(population.distribution(TRAIT)).isNull();
  }

  @Test
  void shouldNameBandsFromTheTop() {
    assertThat(
            List.of(100.0, 99.0, 98.9, 95.0, 90.0, 80.0, 79.9, 50.0, 49.9, 0.0).stream()
                .map(it -> PercentileBand.of(it).label()))
        .containsExactly(
            "top 1%",
            "top 1%", "top 5%", "top 5%", "top 10%", "top 20%", "top 50%", "top 50%", "rest",
            "rest");
    assertThat(Arrays.stream(PercentileBand.values()).map(PercentileBand::number))
        .doesNotHaveDuplicates()
        .allSatisfy(it -> assertThat(it).isBetween(1, PercentileBand.LARGEST));
  }

  private Distribution distribution() {
    return Objects.requireNonNull(population.distribution(TRAIT));
  }

  private void hear(int partition, boolean complete, double... values) {
    List<BinCount> counts =
        Arrays.stream(values)
            .distinct()
            .mapToObj(
                it ->
                    new BinCount(
                        BINS.bin(it), Arrays.stream(values).filter(other -> other == it).count()))
            .toList();
    population.onRecord(
        CensusKeys.ofTrait(TRAIT, partition),
        census(partition, complete, new TraitCensus(TRAIT, BINS.name(), counts)));
  }

  private void hearSegments(int partition, SegmentCount... counts) {
    population.onRecord(
        CensusKeys.ofSegmentation("value", partition),
        new Census(
            partition,
            true,
            Instant.EPOCH,
            null,
            new SegmentationCensus("value", List.of(counts))));
  }

  private static Census census(int partition, boolean complete, @Nullable TraitCensus trait) {
    return new Census(partition, complete, Instant.EPOCH, trait, null);
  }
}
