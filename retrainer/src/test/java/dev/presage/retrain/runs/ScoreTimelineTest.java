package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.population.ReferenceBins;
import dev.presage.model.population.ReferencePopulation;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import dev.presage.retrain.runs.ScoreTimeline.Span;
import dev.presage.retrain.split.TimeSplit;
import dev.presage.schemas.avro.BinShares;
import dev.presage.schemas.avro.TrainingPopulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreTimelineTest {
  private static final Instant START = Instant.parse("2025-01-10T00:00:00Z");

  /** The only feature of a row is its score. */
  private static final ScoreTimeline.Scorer MODEL = rows -> rows.column(0);

  @Test
  void shouldTellWhenScoresMoved() throws ModelRefusedException {
    Rows rows = rows(300, 10, day -> day < 100 ? 0.8 : 0.3);

    ScoreTimeline timeline = timeline(rows);

    List<Span> periods = timeline.periods();
    assertThat(periods.getFirst().name()).isEqualTo("2025-01-01");
    assertThat(periods).extracting(Span::name).contains("2025-03-01", "2025-04-01").isSorted();
    Span march = period(periods, "2025-03-01");
    Span june = period(periods, "2025-06-01");
    assertThat(march.index()).isGreaterThan(0.25);
    assertThat(march.meanScore()).isEqualTo(0.8, within(0.1));
    assertThat(june.index()).isLessThan(0.1);
    assertThat(june.meanScore()).isEqualTo(0.3, within(0.1));
    assertThat(june.meanLabel()).isEqualTo(0.5, within(0.1));
    assertThat(june.rows()).isEqualTo(300);
    assertThat(periods.stream().mapToLong(Span::rows).sum()).isEqualTo(rows.size());
  }

  @Test
  void shouldHoldWhatTheModelWasFittedOnAndChosenByAgainstWhatJudges()
      throws ModelRefusedException {
    ScoreTimeline timeline = timeline(rows(300, 10, day -> day < 100 ? 0.8 : 0.3));

    assertThat(timeline.parts())
        .extracting(Span::name)
        .containsExactly("fitted on", "chosen by", "judged by");
    assertThat(timeline.parts().getFirst().index()).isGreaterThan(0.25);
    assertThat(timeline.parts().getLast().index()).isLessThan(0.02);
    assertThat(timeline.parts().getLast().meanScore()).isEqualTo(0.3, within(0.05));
  }

  @Test
  void shouldTakePeriodsThatFitTheHistory() throws ModelRefusedException {
    assertThat(timeline(rows(20, 10, day -> 0.3)).periods()).hasSize(20);
    assertThat(timeline(rows(70, 10, day -> 0.3)).periods()).hasSize(10);
    assertThat(timeline(rows(200, 1, day -> 0.3)).periods()).hasSize(7);
    assertThat(timeline(rows(2_000, 1, day -> 0.3)).periods())
        .extracting(Span::name)
        .startsWith("2025-01-01", "2025-04-01");
  }

  @Test
  void shouldNotGuessFromFewRows() throws ModelRefusedException {
    ScoreTimeline timeline = timeline(rows(200, 1, day -> 0.3));

    assertThat(timeline.periods()).allMatch(it -> Double.isNaN(it.index()));
    assertThat(timeline.periods()).allMatch(it -> it.meanScore() > 0);
  }

  @Test
  void shouldSayNothingWithoutRows() throws ModelRefusedException {
    Rows none = new RowsOf(1).rows();

    assertThat(ScoreTimeline.of(MODEL, none, parts(none), reference(rows(200, 1, day -> 0.3))))
        .isEqualTo(ScoreTimeline.NONE);
  }

  private static Span period(List<Span> periods, String name) {
    return periods.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static ScoreTimeline timeline(Rows rows) throws ModelRefusedException {
    return ScoreTimeline.of(MODEL, rows, parts(rows), reference(parts(rows).evaluation()));
  }

  private static Parts parts(Rows rows) {
    long first = rows.size() == 0 ? 0 : rows.asOf(0);
    long last = rows.size() == 0 ? 0 : rows.asOf(rows.size() - 1);
    return Parts.of(rows, TimeSplit.of(first, last + 1, 1));
  }

  /** Fifths of the scores. */
  private static ReferenceBins reference(Rows rows) throws ModelRefusedException {
    double[] sorted =
        IntStream.range(0, rows.size()).mapToDouble(it -> rows.value(it, 0)).sorted().toArray();
    List<Double> edges =
        IntStream.range(1, 5).mapToObj(it -> sorted[it * sorted.length / 5]).toList();
    BinShares shares = new BinShares(edges, List.of(0.2, 0.2, 0.2, 0.2, 0.2), 0.0);
    return Objects.requireNonNull(
            ReferencePopulation.of(
                new TrainingPopulation(
                    (long) sorted.length, List.of(), (long) sorted.length, shares),
                List.of()))
        .scores();
  }

  /** Scores around a level that depends on the day. */
  private static Rows rows(int days, int aDay, IntToDoubleFunction level) {
    Random random = new Random(7);
    RowsOf rows = new RowsOf(1);
    for (int day = 0; day < days; day++) {
      for (int i = 0; i < aDay; i++) {
        long asOf = START.plus(Duration.ofDays(day)).plusSeconds(i).toEpochMilli();
        double score = level.applyAsDouble(day) + 0.1 * (random.nextDouble() - 0.5);
        rows.moment(asOf, random.nextBoolean(), score);
      }
    }
    return rows.rows();
  }
}
