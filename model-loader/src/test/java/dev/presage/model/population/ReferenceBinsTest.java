package dev.presage.model.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.presage.model.ModelRefusedException;
import dev.presage.schemas.avro.BinShares;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class ReferenceBinsTest {
  @Test
  void shouldComputeTheIndexOfAWorkedExample() throws ModelRefusedException {
    ReferenceBins bins = bins(1000, List.of(1.0, 2.0), 0.5, 0.3, 0.2, 0);

    // (0.4-0.5)ln(0.4/0.5) + (0.3-0.3)ln(1) + (0.3-0.2)ln(0.3/0.2)
    assertThat(bins.stabilityIndex(new long[] {40, 30, 30, 0})).isCloseTo(0.0628609, within(1e-6));
    assertThat(bins.stabilityIndex(new long[] {50, 30, 20, 0})).isZero();
  }

  @Test
  void shouldCountAnEmptyBinAsHalfARow() throws ModelRefusedException {
    ReferenceBins bins = bins(1000, List.of(1.0), 1, 0, 0);

    double expected = (0.9 - 1) * Math.log(0.9) + (0.1 - 0.0005) * Math.log(0.1 / 0.0005);
    assertThat(bins.stabilityIndex(new long[] {90, 10, 0})).isCloseTo(expected, within(1e-12));
    assertThat(bins(1000, List.of(1.0), 0.9, 0.1, 0).stabilityIndex(new long[] {100, 0, 0}))
        .isCloseTo(
            (1 - 0.9) * Math.log(1 / 0.9) + (0.005 - 0.1) * Math.log(0.005 / 0.1), within(1e-12));
  }

  @Test
  void shouldKnowNothingWithoutRows() throws ModelRefusedException {
    assertThat(bins(10, List.of(), 1, 0).stabilityIndex(new long[2])).isNaN();
    assertThatThrownBy(() -> bins(10, List.of(), 1, 0).stabilityIndex(new long[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 counts, but 2 bins");
  }

  @Test
  void shouldTakeBothZerosForOne() throws ModelRefusedException {
    ReferenceBins bins = bins(10, List.of(-0.0), 0.5, 0.5, 0);

    assertThat(bins.bin(0.0)).isZero();
    assertThat(bins.bin(-0.0)).isZero();
    assertThat(bins.bin(Double.MIN_VALUE)).isEqualTo(1);
    assertThat(bins.bin(Double.NaN)).isEqualTo(2);
    assertThat(bins.bin(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(bins.bin(Double.NEGATIVE_INFINITY)).isZero();
  }

  @Property
  void shouldFindTheBinThatASearchFromTheLowestFinds(
      @ForAll @Size(max = 12) @UniqueElements
          List<@DoubleRange(min = -100, max = 100) Double> edges,
      @ForAll @DoubleRange(min = -120, max = 120) double value)
      throws ModelRefusedException {
    List<Double> ascending = edges.stream().map(it -> it + 0.0).distinct().sorted().toList();
    double[] shares = new double[ascending.size() + 2];
    shares[0] = 1;
    ReferenceBins bins = bins(10, ascending, shares);

    for (double it : DoubleStream.concat(unboxed(ascending), DoubleStream.of(value)).toArray()) {
      int naive = 0;
      while (naive < ascending.size() && ascending.get(naive) < it) {
        naive++;
      }
      assertThat(bins.bin(it)).isEqualTo(naive);
    }
  }

  @Property
  void shouldNeverBeNegativeAndBeSmallOfASampleOfTheSame(
      @ForAll @Size(min = 2, max = 11) List<@LongRange(min = 1, max = 50) Long> weights,
      @ForAll long seed)
      throws ModelRefusedException {
    long all = weights.stream().mapToLong(Long::longValue).sum();
    double[] shares = new double[weights.size()];
    Arrays.setAll(shares, bin -> weights.get(bin) / (double) all);
    int edges = shares.length - 2;
    ReferenceBins bins =
        bins(
            1_000_000, DoubleStream.iterate(0, it -> it + 1).limit(edges).boxed().toList(), shares);
    long[] lots = weights.stream().mapToLong(Long::longValue).toArray();
    Random random = new Random(seed);
    long[] counts = new long[shares.length];
    int rows = 20_000;
    for (int row = 0; row < rows; row++) {
      long lot = random.nextLong(all);
      int bin = 0;
      while (lot >= lots[bin]) {
        lot -= lots[bin++];
      }
      counts[bin]++;
    }

    // Chance alone gives (bins - 1) / rows, about; ten times that does not happen by chance.
    assertThat(bins.stabilityIndex(counts)).isBetween(0.0, 10.0 * shares.length / rows);
  }

  private static DoubleStream unboxed(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue);
  }

  /**
   * @param shares those of the missing last
   */
  private static ReferenceBins bins(long rows, List<Double> edges, double... shares)
      throws ModelRefusedException {
    List<Double> given = DoubleStream.of(shares).boxed().toList();
    return ReferenceBins.of(
        "a test", new BinShares(edges, given.subList(0, shares.length - 1), given.getLast()), rows);
  }
}
