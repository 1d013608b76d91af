package dev.presage.retrain.runs;

import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.calibration.CalibrationChoice;
import dev.presage.retrain.calibration.MarginRows;
import dev.presage.retrain.candidates.Candidate;
import dev.presage.retrain.candidates.CandidateChoice;
import dev.presage.retrain.candidates.LinearCandidate;
import dev.presage.retrain.candidates.TreesCandidate;
import dev.presage.retrain.candidates.TwoPopulationsCandidate;
import dev.presage.retrain.evaluation.Curves;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Resamples;
import dev.presage.retrain.evaluation.ScoreBin;
import dev.presage.retrain.evaluation.ThresholdGoal;
import dev.presage.retrain.evaluation.Thresholds;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.split.TimeSplit;
import dev.presage.retrain.training.Objective;
import dev.presage.retrain.training.TreeSearch;
import dev.presage.retrain.traits.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The probability that something happens. */
final class LikelihoodPrediction implements Prediction {
  /** Parameter sets that a search tries; of each of two populations fewer, as there are two. */
  private static final int SETS = 9;

  private static final int SETS_OF_A_POPULATION = 4;

  private static final List<ThresholdGoal> GOALS =
      List.of(
          new ThresholdGoal.MostF1(),
          new ThresholdGoal.PrecisionAtLeast(0.5),
          new ThresholdGoal.PrecisionAtLeast(0.8),
          new ThresholdGoal.RecallAtLeast(0.5),
          new ThresholdGoal.RecallAtLeast(0.8),
          new ThresholdGoal.TopShare(0.01),
          new ThresholdGoal.TopShare(0.05),
          new ThresholdGoal.TopShare(0.1),
          new ThresholdGoal.TopShare(0.2));

  @Override
  public PredictionKind kind() {
    return PredictionKind.LIKELIHOOD;
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
    Candidate logistic = new LinearCandidate(Objective.LIKELIHOOD);
    Candidate ofAPopulation =
        new TreesCandidate(
            Objective.LIKELIHOOD,
            new TreeSearch(
                SETS_OF_A_POPULATION,
                Math.max(1, plan.work() * SETS_OF_A_POPULATION / SETS / 2),
                plan.threads()));
    return List.of(
        new TreesCandidate(Objective.LIKELIHOOD, new TreeSearch(SETS, plan.work(), plan.threads())),
        logistic,
        new TwoPopulationsCandidate(List.of(ofAPopulation, logistic)));
  }

  @Override
  public Parts parts(Rows rows, TimeSplit split) {
    return Parts.of(rows, split);
  }

  @Override
  public List<String> missing(Trait trait, TrainingRows history, Parts parts) {
    return DataNeeds.missing(trait, history, parts, DataNeeds::outcomes);
  }

  @Override
  public CalibrationChoice calibration(CandidateChoice choice, Parts parts) {
    Rows rows = parts.calibration();
    if (rows.size() == 0) {
      return CalibrationChoice.none(
          "not calibrated: the %d rows with %d positives that choose are too few to divide"
              .formatted(parts.later().size(), parts.later().positives()));
    }
    double[] margins = choice.proposal().margins();
    return CalibrationChoice.of(
        new MarginRows(
            Arrays.copyOfRange(margins, parts.choosing(), margins.length),
            rows.outcomes(),
            rows.weights()));
  }

  @Override
  public String previous() {
    return "previous-rate";
  }

  @Override
  public boolean canBe(double[] predictions) {
    return Arrays.stream(predictions).allMatch(it -> it >= 0 && it <= 1);
  }

  @Override
  public Evaluation evaluate(double[] predictions, Rows rows, Resamples resamples) {
    return Evaluation.of(predictions, rows.outcomes(), rows.weights(), resamples);
  }

  @Override
  public Curves curves(double[] predictions, Rows rows) {
    return Curves.of(predictions, rows.outcomes(), rows.weights());
  }

  @Override
  public List<ScoreBin> distribution(double[] predictions, Rows rows) {
    return ScoreBin.of(predictions, rows.outcomes(), rows.weights());
  }

  @Override
  public List<Judged.ReachedGoal> thresholds(double[] predictions, Rows rows) {
    Thresholds thresholds = Thresholds.of(predictions, rows.outcomes(), rows.weights());
    List<Judged.ReachedGoal> reached = new ArrayList<>();
    for (ThresholdGoal goal : GOALS) {
      thresholds.best(goal).ifPresent(it -> reached.add(new Judged.ReachedGoal(goal, it)));
    }
    return reached;
  }
}
