package dev.presage.retrain.runs;

import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.calibration.CalibrationChoice;
import dev.presage.retrain.candidates.Candidate;
import dev.presage.retrain.candidates.CandidateChoice;
import dev.presage.retrain.candidates.LinearCandidate;
import dev.presage.retrain.candidates.ProductCandidate;
import dev.presage.retrain.candidates.TreesCandidate;
import dev.presage.retrain.evaluation.Curves;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Resamples;
import dev.presage.retrain.evaluation.ScoreBin;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.split.TimeSplit;
import dev.presage.retrain.training.Objective;
import dev.presage.retrain.training.TreeSearch;
import dev.presage.retrain.traits.Trait;
import java.util.Arrays;
import java.util.List;

/** The mean of an amount that adds up: of a sum, or of a number of events. */
final class ValuePrediction implements Prediction {
  /** Parameter sets that a search tries; of each half of a product fewer, as there are two. */
  private static final int SETS = 9;

  private static final int SETS_OF_A_HALF = 4;

  @Override
  public PredictionKind kind() {
    return PredictionKind.VALUE;
  }

  @Override
  public Objective objective() {
    return Objective.VALUE;
  }

  @Override
  public Scale scale() {
    return Scale.AMOUNT;
  }

  @Override
  public List<Candidate> candidates(TrainingPlan plan) {
    Candidate linear = new LinearCandidate(Objective.VALUE);
    TreeSearch ofAHalf =
        new TreeSearch(
            SETS_OF_A_HALF, Math.max(1, plan.work() * SETS_OF_A_HALF / SETS / 2), plan.threads());
    return List.of(
        new TreesCandidate(Objective.VALUE, new TreeSearch(SETS, plan.work(), plan.threads())),
        linear,
        new ProductCandidate(
            List.of(
                new TreesCandidate(Objective.LIKELIHOOD, ofAHalf),
                new LinearCandidate(Objective.LIKELIHOOD)),
            List.of(new TreesCandidate(Objective.VALUE, ofAHalf), linear)));
  }

  @Override
  public Parts parts(Rows rows, TimeSplit split) {
    return Parts.of(rows, split).undivided();
  }

  @Override
  public List<String> missing(Trait trait, TrainingRows history, Parts parts) {
    return DataNeeds.missing(trait, history, parts, DataNeeds::amounts);
  }

  @Override
  public CalibrationChoice calibration(CandidateChoice choice, Parts parts) {
    return CalibrationChoice.none(
        "not calibrated: what is learned of an amount is its mean, and the report has the ratio of the sums");
  }

  @Override
  public String previous() {
    return "previous-mean";
  }

  @Override
  public boolean canBe(double[] predictions) {
    return Arrays.stream(predictions).allMatch(Double::isFinite);
  }

  @Override
  public Evaluation evaluate(double[] predictions, Rows rows, Resamples resamples) {
    return Evaluation.ofAmounts(predictions, rows.labels(), rows.weights(), resamples);
  }

  @Override
  public Curves curves(double[] predictions, Rows rows) {
    return Curves.ofAmounts(predictions, rows.labels(), rows.weights());
  }

  /** Amounts have no range that all of them share: their deciles show more. */
  @Override
  public List<ScoreBin> distribution(double[] predictions, Rows rows) {
    return List.of();
  }

  @Override
  public List<Judged.ReachedGoal> thresholds(double[] predictions, Rows rows) {
    return List.of();
  }
}
