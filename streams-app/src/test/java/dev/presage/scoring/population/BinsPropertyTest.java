package dev.presage.scoring.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.schemas.avro.TraitKind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the values, bins keep their order and percentiles their bound. */
class BinsPropertyTest {
  private static final Bins LIKELIHOODS = LikelihoodBins.STANDARD;
  private static final Bins VALUES = ValueBins.STANDARD;

  @Provide
  static Arbitrary<Double> likelihood() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().between(0, 1).ofScale(4),
        Arbitraries.doubles().between(-15, 15).map(it -> 1 / (1 + Math.exp(-it))),
        Arbitraries.of(0.0, 0.5, 1.0, Double.MIN_VALUE, Math.nextDown(1.0)));
  }

  @Provide
  static Arbitrary<Double> amount() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().between(-1000, 1000).ofScale(2),
        Arbitraries.doubles(),
        Arbitraries.integers().between(-14, 44).map(it -> Math.scalb(1.0, it)),
        Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE));
  }

  @Property
  void shouldKeepTheOrderOfLikelihoods(
      @ForAll("likelihood") double one, @ForAll("likelihood") double other) {
    assertOrder(LIKELIHOODS, one, other);
  }

  @Property
  void shouldKeepTheOrderOfValues(@ForAll("amount") double one, @ForAll("amount") double other) {
    assertOrder(VALUES, one, other);
  }

  private static void assertOrder(Bins bins, double one, double other) {
    int low = bins.bin(Math.min(one, other));
    int high = bins.bin(Math.max(one, other));
    assertThat(low).isBetween(0, high);
    assertThat(high).isLessThan(bins.count());
  }

  @Property
  void shouldHaveBinsOfOneWidthInLogOdds(
      @ForAll @DoubleRange(min = -11.9, max = 11.9) double odds) {
    double likelihood = 1 / (1 + Math.exp(-odds));
    int bin = LIKELIHOODS.bin(likelihood);

    assertThat(LIKELIHOODS.from(bin)).isLessThanOrEqualTo(likelihood * (1 + 1e-9));
    assertThat(LIKELIHOODS.from(bin + 1)).isGreaterThanOrEqualTo(likelihood * (1 - 1e-9));
    assertThat(logOdds(LIKELIHOODS.from(bin + 1)) - logOdds(LIKELIHOODS.from(bin)))
        .isCloseTo(1.0 / LikelihoodBins.PER_UNIT, within(1e-6));
  }

  private static double logOdds(double likelihood) {
    return Math.log(likelihood / (1 - likelihood));
  }

  @Property
  void shouldHaveBinsOfAtMostOne64thOfTheirValues(
      @ForAll @DoubleRange(min = -9.99, max = 39.99) double power, @ForAll boolean isNegative) {
    double value = Math.pow(2, power) * (isNegative ? -1 : 1);
    int bin = VALUES.bin(value);

    assertThat(VALUES.from(bin)).isLessThanOrEqualTo(value);
    assertThat(VALUES.from(bin + 1)).isGreaterThanOrEqualTo(value);
    assertThat(VALUES.from(bin + 1) - VALUES.from(bin)).isLessThanOrEqualTo(Math.abs(value) / 64);
  }

  @Example
  void shouldHaveOneBinForWhatIsNextToZero() {
    int zero = VALUES.bin(0);
    double smallest = Math.scalb(1.0, ValueBins.SMALLEST_EXPONENT);

    assertThat(List.of(VALUES.bin(-0.0), VALUES.bin(Math.nextDown(smallest)))).containsOnly(zero);
    assertThat(VALUES.bin(smallest)).isEqualTo(zero + 1);
    assertThat(VALUES.bin(-smallest)).isEqualTo(zero - 1);
    assertThat(VALUES.bin(Double.POSITIVE_INFINITY)).isEqualTo(VALUES.count() - 1);
    assertThat(VALUES.bin(Double.NEGATIVE_INFINITY)).isZero();
  }

  @Example
  void shouldHaveNoBinsForClasses() {
    assertThat(Bins.of(TraitKind.CLASS)).isNull();
  }

  /** The stated error: at most half of the share of the population that is in the value's bin. */
  @Property
  void shouldRankLikelihoodsWithinTheShareOfTheirBin(
      @ForAll @Size(min = 1, max = 300) List<@From("likelihood") Double> population,
      @ForAll("likelihood") double value) {
    assertRank(LIKELIHOODS, population, value);
  }

  @Property
  void shouldRankValuesWithinTheShareOfTheirBin(
      @ForAll @Size(min = 1, max = 300) List<@From("amount") Double> population,
      @ForAll("amount") double value) {
    assertRank(VALUES, population, value);
  }

  private static void assertRank(Bins bins, List<Double> population, double value) {
    double all = population.size();
    double lower = population.stream().filter(it -> it < value).count();
    double same = population.stream().filter(it -> it == value).count();
    double exact = 100 * (lower + same / 2) / all;
    double inBin = population.stream().filter(it -> bins.bin(it) == bins.bin(value)).count();

    assertThat(distribution(bins, population).percentile(value))
        .isBetween(0.0, 100.0)
        .isCloseTo(exact, within(50 * inBin / all + 1e-9));
  }

  @Property
  void shouldFindTheBinInWhichAShareIsReached(
      @ForAll @Size(min = 1, max = 100) List<@From("likelihood") Double> population,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    List<Double> sorted = population.stream().sorted().toList();
    int rank = (int) Math.clamp(Math.ceil(share * sorted.size()), 1, sorted.size());
    double exact = sorted.get(rank - 1);

    double found = distribution(LIKELIHOODS, population).quantile(share);

    int bin = LIKELIHOODS.bin(exact);
    assertThat(found).isEqualTo(LIKELIHOODS.from(Math.max(1, bin)));
  }

  @Property
  void shouldPutEveryProfileIntoOneBucket(
      @ForAll @Size(max = 100) List<@From("amount") Double> population,
      @ForAll @IntRange(min = 1, max = 1000) int most) {
    List<Distribution.Bucket> buckets = distribution(VALUES, population).buckets(most);

    assertThat(buckets).hasSizeLessThanOrEqualTo(most);
    assertThat(buckets.stream().mapToLong(Distribution.Bucket::profiles).sum())
        .isEqualTo(population.size());
    for (int i = 0; i < buckets.size(); i++) {
      assertThat(buckets.get(i).from()).isLessThan(buckets.get(i).to());
      if (i > 0) {
        assertThat(buckets.get(i).from()).isEqualTo(buckets.get(i - 1).to());
      }
    }
    if (!buckets.isEmpty()) {
      assertThat(buckets.getFirst().profiles()).isPositive();
      assertThat(buckets.getLast().profiles()).isPositive();
    }
  }

  private static Distribution distribution(Bins bins, List<Double> population) {
    long[] counts = new long[bins.count()];
    population.forEach(it -> counts[bins.bin(it)]++);
    return Distribution.of(bins, counts, 1, true);
  }
}
