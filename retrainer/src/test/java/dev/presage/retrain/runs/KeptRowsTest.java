package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.PlantedShop;
import dev.presage.retrain.Shelf;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.RowPart;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptRowsTest {
  private static final FeatureEngine ENGINE = Histories.engine();
  private static final List<Entry> LOG = PlantedShop.history();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final TraitDefinition TRAIT =
      Histories.orders("orders-again", "true", Duration.ofDays(4));

  private final Shelf shelf = new Shelf();
  private final List<TrainedRows> kept = new ArrayList<>();

  @Test
  void shouldKeepEveryRowWithWhatItWasUsedFor() {
    TrainingOutcome.Published outcome = (TrainingOutcome.Published) run(1);

    assertThat(kept).hasSize(1);
    TrainedRows rows = kept.getFirst();
    Rows all = rows.rows();
    TrainingReport report = outcome.report();
    assertThat(all.size()).isGreaterThan(10_000);
    assertThat(report.history().rows().size()).as("reports are remembered").isZero();
    assertThat(rows.startedAt()).isEqualTo(NOW);
    assertThat(rows.features()).isEqualTo(ENGINE.schema().names());
    assertThat(judgedMoments(rows)).isEqualTo(report.model().rows());
    assertThat(Arrays.stream(rows.weights()).filter(it -> it > 0).count())
        .isEqualTo(report.trainingRows());
    for (int row = 0; row < all.size(); row++) {
      RowPart part = rows.parts()[row];
      boolean isTrainedOn =
          report.split().trains(all.asOf(row)) && part != RowPart.JUDGE && part != RowPart.GAP;
      assertThat(rows.weights()[row] > 0 && !isTrainedOn).isFalse();
      assertThat(part == RowPart.GAP)
          .isEqualTo(
              all.asOf(row) > report.split().trainUntil()
                  && all.asOf(row) < report.split().evaluationFrom());
    }
    assertThat(rows.parts())
        .contains(RowPart.FIT, RowPart.CHOOSE, RowPart.TRAIN, RowPart.JUDGE, RowPart.GAP);
    double weighed = Arrays.stream(rows.weights()).sum();
    long trainable =
        IntStream.range(0, all.size()).filter(it -> report.split().trains(all.asOf(it))).count();
    assertThat(weighed)
        .as("thinned negatives stand for all")
        .isCloseTo((double) trainable, within(1e-6));
    assertThat(weighed).isGreaterThan((double) report.trainingRows());
    assertThat(rows.lineage())
        .containsEntry("fingerprint", ENGINE.schema().fingerprint())
        .containsEntry("codeVersion", "test")
        .containsEntry("historyFrom", LOG.getFirst().event().getOccurredAt().toString())
        .containsEntry("historyUntil", PlantedShop.newest(LOG).toString())
        .containsKeys("sample.rows", "sample.negatives", "parity");
    assertThat(report.learned().parameters()).containsEntry("rows.file", "/rows/1.parquet");
    assertThat(shelf.published().getFirst().getLineage().getParameters())
        .containsEntry("rows.file", "/rows/1.parquet");
  }

  @Test
  void shouldFailWhereRowsCannotBeKept() {
    assertThatThrownBy(
            () ->
                training(
                        rows -> {
                          throw new RowStore.RowStoreException("full", new RuntimeException());
                        },
                        20)
                    .run(TRAIT, (state, step, done) -> {}))
        .isInstanceOf(RowStore.RowStoreException.class);
  }

  @Test
  void shouldSayNothingOfAFileWhereRowsAreNotKept() {
    training(RowStore.NONE, 20).run(TRAIT, (state, step, done) -> {});

    assertThat(shelf.published().getFirst().getLineage().getParameters())
        .doesNotContainKey("rows.file");
  }

  private static long judgedMoments(TrainedRows rows) {
    return IntStream.range(0, rows.parts().length)
        .filter(it -> rows.parts()[it] == RowPart.JUDGE && rows.rows().kind(it) == RowKind.MOMENT)
        .count();
  }

  private TrainingOutcome run(int mostNegatives) {
    return training(
            rows -> {
              kept.add(rows);
              return Optional.of("/rows/" + kept.size() + ".parquet");
            },
            mostNegatives)
        .run(TRAIT, (state, step, done) -> {});
  }

  private Training training(RowStore store, int mostNegatives) {
    TrainingPlan standard = TrainingPlan.standard();
    return new Training(
        ENGINE,
        Histories.of(Histories.partitioned(LOG, 3)),
        shelf,
        RowPlan.standard(),
        new TrainingPlan(
            standard.threads(), 1_000_000, mostNegatives, standard.leakAuc(), standard.longest()),
        GatePolicy.AT_ONCE,
        new RowHandling(ParityCheck.OFF, store),
        InstantSource.fixed(NOW),
        "test");
  }
}
