package dev.presage.retrain.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeTrainerTest {
  private static final List<TreeParameters> CANDIDATES =
      List.of(new TreeParameters(2, 0.3, 20, 0.7, 0.7), new TreeParameters(3, 0.3, 20, 0.7, 0.7));
  private static final Rows EARLIER = planted(1, 4_000);
  private static final Rows LATER = planted(2, 2_000);

  @Test
  void shouldFindAPlantedInteractionThatNoSingleFeatureShows() {
    TreeTrainer trainer = new TreeTrainer(CANDIDATES);
    TreeChoice choice = trainer.choose(EARLIER, LATER, (done, step) -> {});

    try (BoostedTrees trees = trainer.train(EARLIER, choice, (done, step) -> {})) {
      Evaluation evaluation = Evaluation.of(trees.predict(LATER), LATER.outcomes());
      assertThat(trees.rounds()).isEqualTo(choice.rounds());
      assertThat(evaluation.auc()).isGreaterThan(0.8);
    }
  }

  @Test
  void shouldGiveTheSameBytesForTheSameRows() {
    assertThat(train()).isEqualTo(train());
  }

  @Test
  void shouldReportProgressThatNeverGoesBack() {
    TreeTrainer trainer = new TreeTrainer(CANDIDATES);
    List<Double> choosing = new ArrayList<>();
    List<Double> training = new ArrayList<>();

    TreeChoice choice = trainer.choose(EARLIER, LATER, (done, step) -> choosing.add(done));
    trainer.train(EARLIER, choice, (done, step) -> training.add(done)).close();

    assertThat(choosing).isSorted().endsWith(1.0);
    assertThat(training).isSorted().endsWith(1.0);
  }

  private static byte[] train() {
    TreeTrainer trainer = new TreeTrainer(CANDIDATES);
    TreeChoice choice = trainer.choose(EARLIER, LATER, (done, step) -> {});
    try (BoostedTrees trees = trainer.train(EARLIER, choice, (done, step) -> {})) {
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
}
