package dev.presage.scoring.metrics;

import dev.presage.scoring.quality.ChallengerFigures;
import dev.presage.scoring.quality.OutcomeFigures;
import dev.presage.scoring.quality.StabilityFigures;
import dev.presage.scoring.quality.TraitFigures;
import dev.presage.scoring.quality.VersionFigures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured of models last. What cannot be told has no gauge. */
public final class QualityMetrics {
  private final MeterRegistry registry;
  private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();

  QualityMetrics(MeterRegistry registry) {
    this.registry = registry;
    gauge(
        "presage.challenger.mean.absolute.difference",
        "Mean of how far a canary or shadow was from the live model on the same vectors");
    gauge(
        "presage.challenger.changed.bands",
        "Share of vectors whose band differs between a canary or shadow and the live model");
    gauge(
        "presage.challenger.rank.correlation",
        "Spearman's correlation of a canary's or shadow's scores with the live model's");
    gauge("presage.model.examples", "Training examples of the version in the last window");
    gauge("presage.model.labelled", "Of these of the last window whose horizons are over");
    gauge("presage.model.log.loss", "Log loss of the scores that were served, in nats");
    gauge("presage.model.auc", "Area under the ROC curve of the scores that were served");
    gauge("presage.model.mean.absolute.error", "Mean absolute error of the values served");
    gauge("presage.model.root.mean.squared.error", "Root mean squared error of the values served");
    gauge("presage.model.calibration.score", "Mean score by decile of the scores");
    gauge("presage.model.calibration.outcome", "Mean of what happened by decile of the scores");
    gauge("presage.model.score.stability", "Population stability index of the scores");
    gauge("presage.model.feature.stability", "Population stability index of each feature");
  }

  private void gauge(String name, String description) {
    gauges.put(name, MultiGauge.builder(name).description(description).register(registry));
  }

  /** Shows the figures of all traits, by name, in the place of those before. */
  public synchronized void show(Map<String, TraitFigures> figures) {
    Rows rows = new Rows();
    figures.forEach(
        (trait, ofTrait) -> {
          ofTrait.challengers().forEach(it -> challenger(trait, it, rows));
          ofTrait.versions().forEach(it -> version(trait, it, rows));
        });
    gauges.forEach(
        (name, gauge) -> gauge.register(rows.byName.getOrDefault(name, List.of()), true));
  }

  private static void challenger(String trait, ChallengerFigures figures, Rows rows) {
    Tags tags = Tags.of("trait", trait, "version", figures.version());
    rows.add("presage.challenger.mean.absolute.difference", tags, figures.meanAbsoluteDifference());
    rows.add("presage.challenger.changed.bands", tags, figures.changedBands());
    rows.add("presage.challenger.rank.correlation", tags, figures.rankCorrelation());
  }

  private static void version(String trait, VersionFigures figures, Rows rows) {
    Tags tags = Tags.of("trait", trait, "version", figures.version());
    rows.add("presage.model.examples", tags, (double) figures.examples());
    outcomes(tags.and("scores", "all"), figures.overall(), rows);
    outcomes(tags.and("scores", "events"), figures.atEvents(), rows);
    StabilityFigures stability = figures.stability();
    if (stability != null) {
      rows.add("presage.model.score.stability", tags, stability.scores());
      stability
          .features()
          .forEach(
              (feature, index) ->
                  rows.add("presage.model.feature.stability", tags.and("feature", feature), index));
    }
  }

  private static void outcomes(Tags tags, OutcomeFigures figures, Rows rows) {
    rows.add("presage.model.labelled", tags, (double) figures.labelled());
    rows.add("presage.model.log.loss", tags, figures.logLoss());
    rows.add("presage.model.auc", tags, figures.auc());
    rows.add("presage.model.mean.absolute.error", tags, figures.meanAbsoluteError());
    rows.add("presage.model.root.mean.squared.error", tags, figures.rootMeanSquaredError());
    for (OutcomeFigures.Decile decile : figures.calibration()) {
      Tags ofDecile = tags.and("decile", Integer.toString(decile.decile()));
      rows.add("presage.model.calibration.score", ofDecile, decile.meanScore());
      rows.add("presage.model.calibration.outcome", ofDecile, decile.meanLabel());
    }
  }

  private static final class Rows {
    private final Map<String, List<Row<?>>> byName = new LinkedHashMap<>();

    void add(String name, Tags tags, double value) {
      if (!Double.isNaN(value)) {
        byName.computeIfAbsent(name, it -> new ArrayList<>()).add(Row.of(tags, value));
      }
    }
  }
}
