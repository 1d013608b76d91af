package dev.presage.retrain.runs;

import dev.presage.retrain.baseline.ConstantRate;
import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.calibration.CalibrationChoice;
import dev.presage.retrain.candidates.Candidate;
import dev.presage.retrain.candidates.CandidateChoice;
import dev.presage.retrain.evaluation.Curves;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Resamples;
import dev.presage.retrain.evaluation.ScoreBin;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.split.TimeSplit;
import dev.presage.retrain.training.Objective;
import dev.presage.retrain.traits.Trait;
import java.util.List;
import java.util.Map;

/**
 * What sort of prediction a trait is: what learns it, what it has to beat, and what it is judged
 * by. All that a run does differently for one sort and another is here.
 */
sealed interface Prediction permits LikelihoodPrediction, ValuePrediction, AttributePrediction {

  /**
   * The sort of a trait.
   *
   * @throws IllegalArgumentException of a class, which is not learned here
   */
  static Prediction of(Trait trait) {
    if (trait.isAttribute()) {
      return new AttributePrediction();
    }
    return switch (trait.kind()) {
      case LIKELIHOOD -> new LikelihoodPrediction();
      case VALUE -> new ValuePrediction();
      case CLASS -> throw new IllegalArgumentException("A class cannot be learned");
    };
  }

  /** Its name. */
  PredictionKind kind();

  /** What models of it are fitted to. */
  Objective objective();

  /** What a single feature is scaled to. */
  Scale scale();

  /** What can learn it, the simplest last. */
  List<Candidate> candidates(TrainingPlan plan);

  /** How the rows lie in time, where it divides them by time. */
  default TimeSplit split(long start, long end, long horizonMillis) {
    return TimeSplit.of(start, end, horizonMillis);
  }

  /** Divides the rows. */
  Parts parts(Rows rows, TimeSplit split);

  /** What there is too little of to train and judge it, a phrase each; empty where nothing. */
  List<String> missing(Trait trait, TrainingRows history, Parts parts);

  /** Whether profiles are told apart by what they had to do with the target before. */
  default boolean hasPopulations() {
    return true;
  }

  /**
   * Whether it is served to profiles such as those it is learned from, so that scores and features
   * can be compared with those of the training.
   */
  default boolean isServedWhereItIsLearned() {
    return true;
  }

  /** Whether and how the chosen candidate is calibrated. */
  CalibrationChoice calibration(CandidateChoice choice, Parts parts);

  /** The name of the baseline by which everybody has the mean of the rows that choose. */
  String previous();

  /** Whether all of these numbers can be such predictions. */
  boolean canBe(double[] predictions);

  /** What predictions of rows are worth. */
  Evaluation evaluate(double[] predictions, Rows rows, Resamples resamples);

  /** The curves of predictions of rows. */
  Curves curves(double[] predictions, Rows rows);

  /** How predictions of rows are distributed by what happened; none where that shows nothing. */
  List<ScoreBin> distribution(double[] predictions, Rows rows);

  /** Where to draw a line, for each goal that can be reached; none where there is nothing to. */
  List<Judged.ReachedGoal> thresholds(double[] predictions, Rows rows);

  /** What predictions of rows are worth, without intervals. */
  default Evaluation evaluate(double[] predictions, Rows rows) {
    return evaluate(predictions, rows, Resamples.none(rows.size()));
  }

  /** Baselines that tell nobody apart, by name, on the rows that judge. */
  default Map<String, Evaluation> constantBaselines(Parts parts) {
    Rows heldOut = parts.evaluation();
    return Map.of(
        "constant",
        evaluate(ConstantRate.of(scale(), parts.train()).predict(heldOut), heldOut),
        previous(),
        evaluate(ConstantRate.of(scale(), parts.later()).predict(heldOut), heldOut));
  }
}
