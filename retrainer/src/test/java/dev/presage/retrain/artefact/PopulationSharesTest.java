package dev.presage.retrain.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.schemas.avro.BinShares;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PopulationSharesTest {
  @Test
  void shouldDivideIntoTenths() {
    BinShares shares = PopulationShares.shares(IntStream.range(0, 1000).asDoubleStream().toArray());

    assertThat(shares.getEdges())
        .containsExactly(99.0, 199.0, 299.0, 399.0, 499.0, 599.0, 699.0, 799.0, 899.0);
    assertThat(shares.getShares()).hasSize(10).allMatch(it -> it == 0.1);
    assertThat(shares.getMissing()).isZero();
  }

  @Test
  void shouldKeepEqualNumbersTogether() {
    double[] numbers = new double[100];
    Arrays.fill(numbers, 90, 100, 7);

    assertThat(PopulationShares.shares(numbers))
        .isEqualTo(new BinShares(List.of(0.0), List.of(0.9, 0.1), 0.0));
    assertThat(PopulationShares.shares(new double[] {-0.0, 0.0, 0.0}))
        .isEqualTo(new BinShares(List.of(0.0), List.of(1.0, 0.0), 0.0));
  }

  @Test
  void shouldCountTheMissingApart() {
    double nan = Double.NaN;

    assertThat(PopulationShares.shares(new double[] {nan, 1, nan, nan}))
        .isEqualTo(new BinShares(List.of(1.0), List.of(0.25, 0.0), 0.75));
    assertThat(PopulationShares.shares(new double[] {nan, nan}))
        .isEqualTo(new BinShares(List.of(), List.of(0.0), 1.0));
  }

  @Provide
  Arbitrary<List<Double>> numbers() {
    return Arbitraries.oneOf(
            Arbitraries.doubles().between(-5, 5),
            Arbitraries.integers().between(-3, 3).map(Integer::doubleValue),
            Arbitraries.of(
                0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
        .list()
        .ofMinSize(1)
        .ofMaxSize(200);
  }

  /** A naive twin: every row is put into its bin by a search from the lowest. */
  @Property
  void shouldCountAsRowByRow(@ForAll("numbers") List<Double> numbers) {
    BinShares shares =
        PopulationShares.shares(numbers.stream().mapToDouble(Double::doubleValue).toArray());

    List<Double> edges = shares.getEdges();
    double[] counts = new double[edges.size() + 2];
    for (double number : numbers) {
      int bin = 0;
      while (!Double.isNaN(number) && bin < edges.size() && number > edges.get(bin)) {
        bin++;
      }
      counts[Double.isNaN(number) ? counts.length - 1 : bin]++;
    }
    assertThat(edges).hasSizeLessThanOrEqualTo(9).isSorted().doesNotHaveDuplicates();
    for (int bin = 0; bin < counts.length - 1; bin++) {
      assertThat(shares.getShares().get(bin))
          .isCloseTo(counts[bin] / numbers.size(), within(1e-12));
    }
    assertThat(shares.getMissing())
        .isCloseTo(counts[counts.length - 1] / numbers.size(), within(1e-12));
  }
}
