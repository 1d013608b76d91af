package dev.presage.retrain.candidates;

import dev.presage.retrain.regression.LinkedRegression;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.selection.UsedFeatures;
import dev.presage.retrain.training.Objective;
import dev.presage.retrain.training.TrainingProgress;
import java.util.List;
import java.util.Map;

/**
 * A line over standardised features: of a likelihood a logistic regression, of an amount one of its
 * logarithm. Of a path of ridges, each fit beginning where the one before ended, the one with the
 * smallest loss on the rows that choose is taken. Of many rows an even sample is taken for which
 * the work suffices: a line needs fewer than trees do.
 */
public final class LinearCandidate implements Candidate {
  /** Beside the mean loss of a row; from nearly nothing but the intercept to nearly none. */
  private static final List<Double> RIDGES = List.of(1.0, 0.1, 0.01, 1e-3, 1e-4);

  /** Rows times squared variables, of one step. */
  private static final long WORK = 100_000_000;

  private static final int LEAST_ROWS = 2_000;

  private final Objective objective;

  /** Of a likelihood or of a value. */
  public LinearCandidate(Objective objective) {
    this.objective = objective;
  }

  @Override
  public String name() {
    return objective == Objective.LIKELIHOOD ? "logistic" : "linear";
  }

  @Override
  public Attempt attempt(LearningRows rows, TrainingProgress progress) {
    Fit fit = fit(rows.features(), rows.fit());
    if (fit.standardisation.variables() == 0) {
      return new Attempt.Declined("no feature that is always finite varies in the rows to fit on");
    }
    double[] beta = fit.start();
    double[] bestMargins = new double[0];
    double bestLoss = Double.POSITIVE_INFINITY;
    double bestRidge = Double.NaN;
    for (int i = 0; i < RIDGES.size(); i++) {
      progress.report(i / (double) RIDGES.size(), "a line");
      double ridge = RIDGES.get(i);
      beta = fit.regression.fit(ridge, beta);
      double[] margins = fit.standardisation.model(objective.loss(), beta).margins(rows.later());
      double loss = CandidateChoice.loss(objective, margins, rows);
      if (loss < bestLoss) {
        bestLoss = loss;
        bestMargins = margins;
        bestRidge = ridge;
      }
    }
    if (!Double.isFinite(bestLoss)) {
      return new Attempt.Declined("a feature is infinite in the rows to choose by");
    }
    double ridge = bestRidge;
    return new Attempt.Proposal(
        Map.of("ridge", String.valueOf(ridge), "rows", String.valueOf(fit.rows)),
        bestMargins,
        (train, told) -> {
          Fit last = fit(rows.features(), train);
          return last.standardisation.model(
              objective.loss(), last.regression.fit(ridge, last.start()));
        });
  }

  private Fit fit(UsedFeatures features, Rows rows) {
    Standardisation standardisation = Standardisation.of(features, rows);
    long variables = standardisation.variables() + 1L;
    long affordable = WORK / (variables * variables);
    Rows sample = rows.evenly(Math.clamp(affordable, LEAST_ROWS, Integer.MAX_VALUE));
    return new Fit(
        standardisation,
        new LinkedRegression(
            objective.loss(),
            standardisation.apply(sample),
            objective.labels(sample),
            sample.weights()),
        sample.size());
  }

  private record Fit(Standardisation standardisation, LinkedRegression regression, int rows) {
    double[] start() {
      return regression.start(standardisation.variables());
    }
  }
}
