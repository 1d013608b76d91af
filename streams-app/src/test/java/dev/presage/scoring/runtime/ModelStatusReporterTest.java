package dev.presage.scoring.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.model.ModelDecision;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.ChallengerMeasurement;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.scoring.quality.ChallengerFigures;
import dev.presage.scoring.quality.TraitFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelStatusReporterTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ModelDecision LIVE =
      new ModelDecision("trait", "v1", ModelOutcome.LIVE, null, null, "v1");
  private static final ModelDecision REFUSED =
      new ModelDecision(
          "trait", "v2", ModelOutcome.REJECTED, RefusalCode.UNREADABLE, "no model", "v1");

  private final List<String> keys = new ArrayList<>();
  private final List<ModelStatus> published = new ArrayList<>();
  private Instant now = START;
  private final ModelStatusReporter reporter =
      new ModelStatusReporter(
          (key, status) -> {
            keys.add(key);
            published.add(status);
          },
          "scoring-1",
          () -> now);

  @Test
  void shouldSayWhatWasDecidedThoughNothingIsMeasured() {
    reporter.decided(LIVE);

    assertThat(keys).containsExactly("trait/scoring-1");
    assertThat(published).containsExactly(LIVE.toStatus("scoring-1", START));
    assertThat(published.getFirst().getMeasurement()).isNull();
  }

  @Test
  void shouldRepeatTheDecisionWithNewFiguresAndOnlyWithNewOnes() {
    reporter.decided(REFUSED);
    now = START.plusSeconds(60);
    reporter.measured(Map.of("trait", figures(1)));
    reporter.measured(Map.of("trait", figures(1)));
    reporter.measured(Map.of("trait", figures(2), "unknown", figures(3)));

    assertThat(published).hasSize(3);
    assertThat(published.get(1))
        .satisfies(
            it -> {
              assertThat(it.getCode()).isEqualTo("UNREADABLE");
              assertThat(it.getLiveVersion()).isEqualTo("v1");
              assertThat(it.getDecidedAt()).isEqualTo(START);
              assertThat(it.getMeasurement().getMeasuredAt()).isEqualTo(START.plusSeconds(60));
              assertThat(it.getMeasurement().getChallengers())
                  .containsExactly(new ChallengerMeasurement("v3", "v1", 1L, 0.25, 1L, 0.5, null));
            });
  }

  /** The topic is compacted: what the last record does not say is lost. */
  @Test
  void shouldKeepTheFiguresWhenTheNextModelIsDecided() {
    reporter.decided(LIVE);
    reporter.measured(Map.of("trait", figures(1)));
    now = START.plusSeconds(60);
    reporter.decided(REFUSED);

    assertThat(published.getLast())
        .satisfies(
            it -> {
              assertThat(it.getVersion()).isEqualTo("v2");
              assertThat(it.getDecidedAt()).isEqualTo(START.plusSeconds(60));
              assertThat(it.getMeasurement().getMeasuredAt()).isEqualTo(START);
              assertThat(it.getMeasurement().getChallengers()).hasSize(1);
            });
  }

  @Test
  void shouldTakeFiguresBackThatHoldNoMore() {
    reporter.decided(LIVE);
    reporter.measured(Map.of("trait", figures(1)));
    reporter.measured(Map.of());
    reporter.measured(Map.of());

    assertThat(published).hasSize(3);
    assertThat(published.getLast().getMeasurement()).isNull();
  }

  private static TraitFigures figures(long pairs) {
    return new TraitFigures(
        List.of(new ChallengerFigures("v3", "v1", pairs, 0.25, pairs, 0.5, Double.NaN)), List.of());
  }
}
