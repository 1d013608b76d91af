package dev.presage.retrain.report;

import dev.presage.retrain.report.RunReport.Findings;
import dev.presage.retrain.report.RunReport.PredictorFigures;
import java.util.List;

/** What a page says and shows of one sort of prediction. */
enum Wording {
  LIKELIHOOD("positive"),

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
  },

  ATTRIBUTE("positive") {
    @Override
    String heldOut() {
      return "On rows of customers from whom nothing was learned, beside what it is compared with on the same rows. In parentheses the interval of 95%.";
    }

    @Override
    String populations() {
      return "At calendar times: whatever the customer did then.";
    }
  };

  private final String positives;

  Wording(String positives) {
    this.positives = positives;
  }

  /** A figure and what people call it. */
  record Column(String key, String title) {}

  /** The figures, in the order in which they are shown. */
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

  /** The charts of the model beside the baseline. */
  List<Chart> comparison(PredictorFigures model, PredictorFigures baseline) {
    return List.of(
        Charts.roc(model, baseline),
        Charts.precisionRecall(model, baseline),
        Charts.lift(model, baseline));
  }

  /** Why the level matters. */
  String worth() {
    return "A likelihood is worth more than a rank where it is right: of those with a score of 0.3 three in ten should do it.";
  }

  /** The charts of the level. */
  List<Chart> levels(Findings findings) {
    return List.of(
        Charts.calibration(findings.predictors().getFirst()),
        Charts.distribution(findings.scores()));
  }

  /** On what it was judged. */
  String heldOut() {
    return "On rows that lie after everything it was trained on, beside what it is compared with on the same rows. In parentheses the interval of 95%.";
  }

  /** For whom it is judged apart. */
  String populations() {
    return "By what a customer had to do with the target before: new to it within the last horizon, has done it before that, lapsed for more than two horizons, never. At calendar times: whatever the customer did then.";
  }

  /** What a row is to which something happened. */
  String positives() {
    return positives;
  }
}
