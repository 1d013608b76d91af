package dev.presage.model;

import static dev.presage.schemas.avro.ModelKind.XGBOOST_UBJSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.model.population.ReferencePopulation;
import dev.presage.schemas.avro.BinShares;
import dev.presage.schemas.avro.TrainingPopulation;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training population is as little trusted as the rest of an artefact. */
class PopulationChecksTest {
  private static final NativeModel NATIVE =
      NativeModel.train(NativeModel.Plan.of("binary:logistic", 3, 3, 2), 5);
  private static final BinShares GOOD = new BinShares(List.of(0.5), List.of(0.25, 0.5), 0.25);
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @Test
  void shouldLoadAPopulation() throws ModelRefusedException {
    ReferencePopulation population = load(population(GOOD)).population();

    assertThat(population).isNotNull();
    assertThat(population.features())
        .hasSize(3)
        .allSatisfy(
            it -> {
              assertThat(it.count()).isEqualTo(3);
              assertThat(it.share(2)).isEqualTo(0.25);
            });
    assertThat(population.scores().count()).isEqualTo(3);
  }

  @Test
  void shouldLoadAModelWithoutOne() throws ModelRefusedException {
    assertThat(load(null).population()).isNull();
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of(bins(List.of(1.0, 1.0), 0.5, 0.25, 0.25), "has the edge 1.0 after 1.0"),
        Arguments.of(bins(List.of(-0.0, 0.0), 0.5, 0.25, 0.25), "has the edge 0.0 after -0.0"),
        Arguments.of(bins(List.of(2.0, 1.0), 0.5, 0.25, 0.25), "has the edge 1.0 after 2.0"),
        Arguments.of(bins(List.of(NAN), 0.5, 0.5), "has the edge NaN after"),
        Arguments.of(bins(List.of(INFINITY), 0.5, 0.5), "has the edge Infinity after"),
        Arguments.of(bins(List.of(-INFINITY), 0.5, 0.5), "has the edge -Infinity after"),
        Arguments.of(bins(List.of(1.0), 1), "has 1 edges and 1 shares"),
        Arguments.of(bins(List.of()), "has 0 edges and 0 shares"),
        Arguments.of(bins(List.of(1.0), 1.5, -0.5), "has the share 1.5; give shares from 0 to 1"),
        Arguments.of(bins(List.of(1.0), NAN, 0.5), "has the share NaN"),
        Arguments.of(bins(List.of(1.0), 0.25, 0.25), "has shares that sum to 0.5"),
        Arguments.of(bins(List.of(1.0), 0.75, 0.75), "has shares that sum to 1.5"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void shouldRefuseWhatCannotBe(BinShares bins, String reason) {
    assertRefused(
        population(bins),
        RefusalCode.UNREADABLE,
        "the training population of feature feature_0 " + reason);
    assertRefused(
        new TrainingPopulation(1L, Collections.nCopies(3, GOOD), 1L, bins),
        RefusalCode.UNREADABLE,
        "the training population of the scores " + reason);
  }

  @Test
  void shouldRefuseAPopulationOfNobody() {
    assertRefused(
        new TrainingPopulation(1L, Collections.nCopies(3, GOOD), 0L, GOOD),
        RefusalCode.UNREADABLE,
        "of the scores is of 0 rows");
  }

  @Test
  void shouldRefuseTooManyBins() {
    List<Double> edges = DoubleStream.iterate(0, it -> it + 1).limit(100).boxed().toList();

    assertRefused(
        population(new BinShares(edges, Collections.nCopies(101, 0.0), 1.0)),
        RefusalCode.LIMIT_EXCEEDED,
        "has 100 edges, the limit is 99");
  }

  @Test
  void shouldRefuseAPopulationOfOtherFeatures() {
    assertRefused(
        new TrainingPopulation(1L, List.of(GOOD), 1L, GOOD),
        RefusalCode.FEATURE_MISMATCH,
        "the training population has 1 features, the feature schema 3");
  }

  private static BinShares bins(List<Double> edges, double... shares) {
    return new BinShares(edges, DoubleStream.of(shares).boxed().toList(), 0.0);
  }

  private static TrainingPopulation population(BinShares bins) {
    return new TrainingPopulation(1000L, Collections.nCopies(3, bins), 1000L, bins);
  }

  private void assertRefused(TrainingPopulation population, RefusalCode code, String reason) {
    assertThatThrownBy(() -> load(population))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ModelRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private LoadedModel load(@Nullable TrainingPopulation population) throws ModelRefusedException {
    return loader.load(
        NATIVE.artefact(XGBOOST_UBJSON).setPopulation(population).build(), NativeModel.FINGERPRINT);
  }
}
