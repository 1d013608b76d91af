package dev.presage.scoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.scoring.quality.ChallengerFigures;
import dev.presage.scoring.quality.OutcomeFigures;
import dev.presage.scoring.quality.OutcomeFigures.Decile;
import dev.presage.scoring.quality.StabilityFigures;
import dev.presage.scoring.quality.TraitFigures;
import dev.presage.scoring.quality.VersionFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QualityMetricsTest {
  private static final double NONE = Double.NaN;
  private static final OutcomeFigures AT_EVENTS =
      new OutcomeFigures(50, 0.4, 0.5, 0.6, 0.7, NONE, NONE, List.of(new Decile(3, 50, 0.4, 0.5)));
  private static final OutcomeFigures OVERALL =
      new OutcomeFigures(0, NONE, NONE, NONE, NONE, NONE, NONE, List.of());
  private static final TraitFigures FIGURES =
      new TraitFigures(
          List.of(new ChallengerFigures("v2", "v1", 9, 0.25, 9, 0.5, NONE)),
          List.of(
              new VersionFigures(
                  "v1",
                  Instant.EPOCH,
                  60,
                  OVERALL,
                  AT_EVENTS,
                  new StabilityFigures(60, 0.1, Map.of("orders", 0.2)))));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final QualityMetrics metrics = new QualityMetrics(meters);

  @Test
  void shouldShowWhatCanBeTold() {
    metrics.show(Map.of("trait", FIGURES));

    assertThat(value("presage.challenger.mean.absolute.difference", "version", "v2"))
        .isEqualTo(0.25);
    assertThat(value("presage.challenger.changed.bands", "version", "v2")).isEqualTo(0.5);
    assertThat(meters.find("presage.challenger.rank.correlation").gauge()).isNull();
    assertThat(value("presage.model.examples", "version", "v1")).isEqualTo(60);
    assertThat(value("presage.model.labelled", "scores", "all")).isZero();
    assertThat(value("presage.model.labelled", "scores", "events")).isEqualTo(50);
    assertThat(value("presage.model.auc", "scores", "events")).isEqualTo(0.7);
    assertThat(value("presage.model.log.loss", "scores", "events")).isEqualTo(0.6);
    assertThat(value("presage.model.calibration.score", "decile", "3")).isEqualTo(0.4);
    assertThat(value("presage.model.calibration.outcome", "decile", "3")).isEqualTo(0.5);
    assertThat(value("presage.model.score.stability", "trait", "trait")).isEqualTo(0.1);
    assertThat(value("presage.model.feature.stability", "feature", "orders")).isEqualTo(0.2);
    assertThat(meters.find("presage.model.auc").tag("scores", "all").gauge()).isNull();
    assertThat(meters.find("presage.model.mean.absolute.error").gauge()).isNull();
  }

  @Test
  void shouldTakeBackWhatHoldsNoMore() {
    metrics.show(Map.of("trait", FIGURES));
    metrics.show(Map.of());

    assertThat(meters.getMeters()).isEmpty();
  }

  private double value(String name, String tag, String value) {
    Gauge gauge = meters.get(name).tag(tag, value).gauge();
    return gauge.value();
  }
}
