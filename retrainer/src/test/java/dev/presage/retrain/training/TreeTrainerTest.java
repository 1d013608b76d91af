package dev.presage.retrain.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.LogLoss;
import dev.presage.retrain.regression.Loss;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import dev.presage.retrain.selection.UsedFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeTrainerTest {
  private static final long PLENTY = 100_000_000;
  private static final TreeSearch SEARCH = new TreeSearch(5, PLENTY, 1);
  private static final UsedFeatures FEATURES = UsedFeatures.all(List.of("a", "b", "noise"));
  private static final Rows EARLIER = planted(1, 4_000);
  private static final Rows LATER = planted(2, 2_000);

  @Test
  void shouldFindAPlantedInteractionThatNoSingleFeatureShows() {
    TreeChoice choice = choose(SEARCH);

    try (BoostedTrees trees =
        new TreeTrainer(Objective.LIKELIHOOD, SEARCH)
            .train(EARLIER, FEATURES, choice, (done, step) -> {})) {
      Evaluation evaluation = Evaluation.of(trees.predict(LATER), LATER.outcomes());
      assertThat(trees.rounds()).isEqualTo(choice.rounds());
      assertThat(evaluation.auc()).isGreaterThan(0.8);
    }
  }

  @Test
  void shouldSayWhatTheChosenEnsembleSaidOfTheLaterRows() {
    TreeChoice choice = choose(SEARCH);

    double[] probabilities =
        Arrays.stream(choice.margins()).map(Loss.LOGISTIC::prediction).toArray();

    assertThat(LogLoss.of(probabilities, LATER.outcomes())).isCloseTo(choice.loss(), within(1e-9));
    assertThat(choice.effort().sets()).isEqualTo(5);
    assertThat(choice.effort().rows()).isEqualTo(EARLIER.size());
    assertThat(choice.effort().work())
        .isEqualTo(choice.effort().work() / EARLIER.size() * EARLIER.size())
        .isBetween(5L * EARLIER.size(), PLENTY);
    assertThat(choice.effort().isCut()).isFalse();
  }

  /** What becomes of the others must not decide. */
  @Test
  void shouldChooseByTheFirstOfTheLaterRowsAlone() {
    TreeTrainer trainer = new TreeTrainer(Objective.LIKELIHOOD, SEARCH);
    Rows first = LATER.where(row -> row < 1_000);

    TreeChoice alone = trainer.choose(EARLIER, first, first.size(), FEATURES, (done, step) -> {});
    TreeChoice withOthers =
        trainer.choose(EARLIER, LATER, first.size(), FEATURES, (done, step) -> {});

    assertThat(withOthers.parameters()).isEqualTo(alone.parameters());
    assertThat(withOthers.rounds()).isEqualTo(alone.rounds());
    assertThat(withOthers.loss()).isEqualTo(alone.loss());
    assertThat(withOthers.margins()).hasSize(LATER.size()).startsWith(alone.margins());
  }

  @Test
  void shouldEndWhereTheWorkIsSpent() {
    TreeChoice choice = choose(new TreeSearch(5, 40_000, 1));

    assertThat(choice.effort().isCut()).isTrue();
    assertThat(choice.effort().work()).isLessThanOrEqualTo(40_000);
    assertThat(choice.effort().rows()).as("even sample").isEqualTo(2_000);
    assertThat(choice.described()).containsEntry("search.ended", "work");
  }

  @Test
  void shouldGiveTheSameBytesForTheSameRows() {
    assertThat(train(1)).isEqualTo(train(1));
  }

  /** More rows than the library gives to one thread at once. */
  @Test
  void shouldGiveTheSameBytesOnAnyNumberOfThreads() {
    byte[] one = grow(1, 60_000, 40);

    assertThat(grow(2, 60_000, 40)).isEqualTo(one);
    assertThat(grow(4, 60_000, 40)).isEqualTo(one);
  }

  @Test
  void shouldUseNothingButTheFeaturesThatItMay() {
    UsedFeatures some = new UsedFeatures(FEATURES.schema(), List.of(0, 2));
    TreeTrainer trainer = new TreeTrainer(Objective.LIKELIHOOD, SEARCH);
    TreeChoice choice = trainer.choose(EARLIER, LATER, LATER.size(), some, (done, step) -> {});

    try (BoostedTrees trees = trainer.train(EARLIER, some, choice, (done, step) -> {})) {
      assertThat(trees.toJson())
          .contains("\"feature_names\":[\"a\",\"noise\"]")
          .contains("\"num_feature\":\"2\"");
      assertThat(trees.meanOfSplits("gain")[0]).isPositive();
      assertThat(trees.meanOfSplits("gain")[1]).as("not used").isZero();
      assertThat(trees.meanOfSplits("cover")).hasSize(3);
    }
  }

  /** With the positives kept and few of the negatives, probabilities stay what they were. */
  @Test
  void shouldCountRowsByTheirWeight() {
    Rows rare = rare(3, 20_000);
    Rows thinned = rare(4, 40_000).withFewerNegatives(4);
    TreeTrainer trainer = new TreeTrainer(Objective.LIKELIHOOD, SEARCH);
    TreeChoice choice = trainer.choose(thinned, rare, rare.size(), FEATURES, (done, step) -> {});

    try (BoostedTrees trees = trainer.train(thinned, FEATURES, choice, (done, step) -> {})) {
      double mean = Arrays.stream(trees.predict(rare)).average().orElseThrow();
      assertThat(mean).isCloseTo(rare.positives() / (double) rare.size(), within(0.01));
    }
  }

  @Test
  void shouldReportProgressThatNeverGoesBack() {
    TreeTrainer trainer = new TreeTrainer(Objective.LIKELIHOOD, SEARCH);
    List<Double> choosing = new ArrayList<>();
    List<Double> training = new ArrayList<>();

    TreeChoice choice =
        trainer.choose(EARLIER, LATER, LATER.size(), FEATURES, (done, step) -> choosing.add(done));
    trainer.train(EARLIER, FEATURES, choice, (done, step) -> training.add(done)).close();

    assertThat(choosing).isSorted().endsWith(1.0);
    assertThat(training).isSorted().endsWith(1.0);
  }

  @Test
  void shouldTryTheProvenSetsFirstAndNoSetTwice() {
    List<TreeParameters> sets = TreeParameters.toTry(30);

    assertThat(sets).hasSize(30).doesNotHaveDuplicates();
    assertThat(sets.subList(0, 9)).isEqualTo(TreeParameters.toTry(9));
    assertThat(TreeParameters.toTry(1))
        .containsExactly(new TreeParameters(2, 0.05, 20, 0.7, 0.7, 1));
  }

  @Test
  void shouldRefuseASearchForNothing() {
    assertThatThrownBy(() -> new TreeSearch(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at least 1 of each");
  }

  private static TreeChoice choose(TreeSearch search) {
    return new TreeTrainer(Objective.LIKELIHOOD, search)
        .choose(EARLIER, LATER, LATER.size(), FEATURES, (done, step) -> {});
  }

  private static byte[] train(int threads) {
    TreeSearch search = new TreeSearch(5, PLENTY, threads);
    try (BoostedTrees trees =
        new TreeTrainer(Objective.LIKELIHOOD, search)
            .train(EARLIER, FEATURES, choose(search), (done, step) -> {})) {
      return trees.toUbjson();
    }
  }

  private static byte[] grow(int threads, int rows, int rounds) {
    TreeChoice choice =
        new TreeChoice(
            Objective.LIKELIHOOD,
            new TreeParameters(4, 0.1, 5, 0.7, 0.7, 1),
            rounds,
            0,
            new double[0],
            new TreeChoice.Effort(1, rows, 0, false));
    try (BoostedTrees trees =
        new TreeTrainer(Objective.LIKELIHOOD, new TreeSearch(1, 1, threads))
            .train(planted(5, rows), FEATURES, choice, (done, step) -> {})) {
      return trees.toUbjson();
    }
  }

  private static Rows planted(long seed, int size) {
    Random random = new Random(seed);
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < size; i++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      boolean likely = a > 0.5 == b > 0.5;
      rows.moment(
          i,
          random.nextDouble() < (likely ? 0.9 : 0.1),
          a,
          i % 5 == 0 ? Double.NaN : b,
          random.nextDouble());
    }
    return rows.rows();
  }

  private static Rows rare(long seed, int size) {
    Random random = new Random(seed);
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < size; i++) {
      double a = random.nextDouble();
      rows.moment(i, random.nextDouble() < 0.08 * a, a, random.nextDouble(), random.nextDouble());
    }
    return rows.rows();
  }
}
