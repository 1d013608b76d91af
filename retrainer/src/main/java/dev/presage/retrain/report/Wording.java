package dev.presage.retrain.report;

import dev.presage.retrain.report.RunReport.Findings;
import dev.presage.retrain.report.RunReport.PredictorFigures;
import java.util.List;

/** What a page says and shows of one sort of prediction. */
enum Wording {
  LIKELIHOOD("positive") {
    @Override
    List<Column> columns() {
      return List.of(
          new Column("auc", "ROC AUC"),
          new Column("prAuc", "PR AUC"),
          new Column("logLoss", "log loss"),
          new Column("normalisedCrossEntropy", "normalised cross-entropy"),
          new Column("brier", "Brier"),
          new Column("calibrationSlope", "calibration slope"),
          new Column("calibrationIntercept", "calibration intercept"),
          new Column("liftTop1", "lift, top 1%"),
          new Column("liftTop5", "lift, top 5%"),
          new Column("liftTop10", "lift, top 10%"),
          new Column("liftTop20", "lift, top 20%"));
    }

    @Override
    List<Chart> comparison(PredictorFigures model, PredictorFigures baseline) {
      return List.of(
          Charts.roc(model, baseline),
          Charts.precisionRecall(model, baseline),
          Charts.lift(model, baseline));
    }

    @Override
    String worth() {
      return "A likelihood is worth more than a rank where it is right: of those with a score of 0.3 three in ten should do it.";
    }

    @Override
    List<Chart> levels(Findings findings) {
      return List.of(
          Charts.calibration(findings.predictors().getFirst()),
          Charts.distribution(findings.scores()));
    }
  },

  VALUE("above 0") {
    @Override
    List<Column> columns() {
      return List.of(
          new Column("deviance", "Tweedie deviance"),
          new Column("normalisedGini", "normalised Gini"),
          new Column("spearman", "rank correlation"),
          new Column("mae", "mean absolute error"),
          new Column("rmse", "root mean squared error"),
          new Column("sumRatio", "sum foretold / sum that came"));
    }

    @Override
    List<Chart> comparison(PredictorFigures model, PredictorFigures baseline) {
      return List.of(Charts.gain(model, baseline));
    }

    @Override
    String worth() {
      return "An amount is worth more than a rank where it is right: what is foretold of many customers should come to what they spend.";
    }

    @Override
    List<Chart> levels(Findings findings) {
      return List.of(Charts.amounts(findings.predictors().getFirst()));
    }
  };

  private final String positives;

  Wording(String positives) {
    this.positives = positives;
  }

  /** A figure and what people call it. */
  record Column(String key, String title) {}

  /** The figures, in the order in which they are shown. */
  abstract List<Column> columns();

  /** The charts of the model beside the baseline. */
  abstract List<Chart> comparison(PredictorFigures model, PredictorFigures baseline);

  /** Why the level matters. */
  abstract String worth();

  /** The charts of the level. */
  abstract List<Chart> levels(Findings findings);

  /** What a row is to which something happened. */
  String positives() {
    return positives;
  }
}
