package dev.presage.retrain.runs;

import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.calibration.CalibrationChoice;
import dev.presage.retrain.candidates.Candidate;
import dev.presage.retrain.candidates.CandidateChoice;
import dev.presage.retrain.candidates.LinearCandidate;
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
import java.util.List;

/**
 * The probability that a profile has what others declare of themselves. All rows of a profile have
 * one label, whatever their time, so that a model could know a profile again: rows are divided by
 * profile and not by time.
 */
final class AttributePrediction implements Prediction {
  /** Parameter sets that a search tries. */
  private static final int SETS = 9;

  private final LikelihoodPrediction likelihood = new LikelihoodPrediction();

  @Override
  public PredictionKind kind() {
    return PredictionKind.ATTRIBUTE;
  }

  @Override
  public Objective objective() {
    return Objective.LIKELIHOOD;
  }

  @Override
  public Scale scale() {
    return Scale.PROBABILITY;
  }

  @Override
  public List<Candidate> candidates(TrainingPlan plan) {
    return List.of(
        new TreesCandidate(Objective.LIKELIHOOD, new TreeSearch(SETS, plan.work(), plan.threads())),
        new LinearCandidate(Objective.LIKELIHOOD));
  }

  @Override
  public TimeSplit split(long start, long end, long horizonMillis) {
    return TimeSplit.none(start, end);
  }

  @Override
  public Parts parts(Rows rows, TimeSplit split) {
    return Parts.ofProfiles(rows);
  }

  @Override
  public List<String> missing(Trait trait, TrainingRows history, Parts parts) {
    return DataNeeds.missing(trait, history, parts, DataNeeds::declarations);
  }

  @Override
  public boolean hasPopulations() {
    return false;
  }

  @Override
  public boolean isServedWhereItIsLearned() {
    return false;
  }

  @Override
  public CalibrationChoice calibration(CandidateChoice choice, Parts parts) {
    return CalibrationChoice.none(
        "not calibrated: it is served to others than those from whom it is learned");
  }

  @Override
  public String previous() {
    return likelihood.previous();
  }

  @Override
  public boolean canBe(double[] predictions) {
    return likelihood.canBe(predictions);
  }

  @Override
  public Evaluation evaluate(double[] predictions, Rows rows, Resamples resamples) {
    return likelihood.evaluate(predictions, rows, resamples);
  }

  @Override
  public Curves curves(double[] predictions, Rows rows) {
    return likelihood.curves(predictions, rows);
  }

  @Override
  public List<ScoreBin> distribution(double[] predictions, Rows rows) {
    return likelihood.distribution(predictions, rows);
  }

  @Override
  public List<Judged.ReachedGoal> thresholds(double[] predictions, Rows rows) {
    return likelihood.thresholds(predictions, rows);
  }
}
