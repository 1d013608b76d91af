package dev.presage.scoring.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Ranks and their correlation, beside twins that count. */
class RanksPropertyTest {
  @Provide
  static Arbitrary<double[]> scores() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(-3, 3).map(it -> it / 2.0),
            Arbitraries.doubles().between(-1, 1),
            Arbitraries.of(0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
        .array(double[].class)
        .ofSize(12);
  }

  @Property
  void shouldRankAsCountingDoes(@ForAll("scores") double[] values) {
    double[] ranks = Ranks.of(values);

    for (int i = 0; i < values.length; i++) {
      double below = 0;
      double equal = 0;
      for (double other : values) {
        below += other < values[i] ? 1 : 0;
        equal += other == values[i] ? 1 : 0;
      }
      assertThat(ranks[i]).isEqualTo(below + (equal + 1) / 2);
    }
  }

  /** Without ties Spearman's is 1 − 6 Σd² / (n³ − n). */
  @Property
  void shouldBeAsTheSumOfSquaredDistancesSaysWithoutTies(
      @ForAll @Size(min = 2, max = 30) List<Long> seeds) {
    int n = seeds.size();
    double[] one = IntStream.range(0, n).asDoubleStream().toArray();
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.<Integer>comparingLong(seeds::get).thenComparing(it -> it));
    double[] other = new double[n];
    double squares = 0;
    for (int i = 0; i < n; i++) {
      other[i] = order[i];
      squares += (one[i] - other[i]) * (one[i] - other[i]);
    }

    assertThat(Ranks.correlation(Ranks.of(one), Ranks.of(other)))
        .isCloseTo(1 - 6 * squares / ((double) n * n * n - n), within(1e-9));
  }

  @Property
  void shouldBeOneOfTheSameAndMinusOneOfTheOpposite(@ForAll("scores") double[] values) {
    double[] ranks = Ranks.of(values);
    double[] opposite = Ranks.of(Arrays.stream(values).map(it -> -it).toArray());
    double itself = Ranks.correlation(ranks, ranks);

    if (Arrays.stream(ranks).distinct().count() == 1) {
      assertThat(itself).isNaN();
    } else {
      assertThat(itself).isCloseTo(1, within(1e-12));
      assertThat(Ranks.correlation(ranks, opposite)).isCloseTo(-1, within(1e-12));
    }
  }

  /** By hand: ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4. */
  @Example
  void shouldShareRanksAmongTies() {
    assertThat(
            Ranks.correlation(
                Ranks.of(new double[] {1, 2, 2, 3}), Ranks.of(new double[] {1, 3, 2, 4})))
        .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
  }
}
