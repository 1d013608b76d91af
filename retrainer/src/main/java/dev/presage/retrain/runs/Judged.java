package dev.presage.retrain.runs;

import dev.presage.model.LoadedModel;
import dev.presage.retrain.evaluation.Curves;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.LikelihoodFigure;
import dev.presage.retrain.evaluation.Population;
import dev.presage.retrain.evaluation.Resamples;
import dev.presage.retrain.evaluation.ScoreBin;
import dev.presage.retrain.evaluation.Threshold;
import dev.presage.retrain.evaluation.ThresholdGoal;
import dev.presage.retrain.evaluation.Thresholds;
import dev.presage.retrain.gate.Gate;
import dev.presage.retrain.gate.GateDecision;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.gate.Rival;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.schedule.Gain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a model is worth on held-out rows, beside others on the same resamples of the same rows.
 *
 * @param model figures of the model
 * @param baseline figures of the baseline
 * @param incumbentVersion version of the model that was live; null where none was, or where it does
 *     not foretell a likelihood
 * @param incumbent its figures; null in the same way
 * @param populations figures of the model for those rows alone, where there are any
 * @param modelCurves curves of the model
 * @param baselineCurves curves of the baseline
 * @param scores how the model's scores are distributed
 * @param thresholds of the model, for the goals that can be reached
 */
public record Judged(
    Evaluation model,
    Evaluation baseline,
    @Nullable String incumbentVersion,
    @Nullable Evaluation incumbent,
    Map<Population, Evaluation> populations,
    Curves modelCurves,
    Curves baselineCurves,
    List<ScoreBin> scores,
    List<ReachedGoal> thresholds) {
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

  public Judged {
    populations = Map.copyOf(populations);
    scores = List.copyOf(scores);
    thresholds = List.copyOf(thresholds);
  }

  /** A goal, and the threshold that reaches it best. */
  public record ReachedGoal(ThresholdGoal goal, Threshold threshold) {}

  /**
   * Judges a model.
   *
   * @param heldOut rows that it was not trained on
   * @param modelScores its probabilities, row by row
   * @param baselineScores those of the baseline
   * @param live the model that scores the trait today
   */
  static Judged of(
      Rows heldOut,
      long horizonMillis,
      double[] modelScores,
      double[] baselineScores,
      Optional<LoadedModel> live) {
    boolean[] outcomes = heldOut.outcomes();
    double[] weights = heldOut.weights();
    long[] profiles = IntStream.range(0, heldOut.size()).mapToLong(heldOut::profile).toArray();
    Resamples resamples = Resamples.ofProfiles(profiles, Resamples.STANDARD, Resamples.SEED);
    Evaluation incumbent =
        live.map(it -> scores(it, heldOut))
            .filter(Judged::areProbabilities)
            .map(it -> Evaluation.of(it, outcomes, weights, resamples))
            .orElse(null);
    return new Judged(
        Evaluation.of(modelScores, outcomes, weights, resamples),
        Evaluation.of(baselineScores, outcomes, weights, resamples),
        incumbent == null ? null : live.map(LoadedModel::version).orElse(null),
        incumbent,
        byPopulation(heldOut, horizonMillis, modelScores, weights, resamples),
        Curves.of(modelScores, outcomes, weights),
        Curves.of(baselineScores, outcomes, weights),
        ScoreBin.of(modelScores, outcomes, weights),
        reached(Thresholds.of(modelScores, outcomes, weights)));
  }

  /** What becomes of the model. */
  GateDecision decide(String baselineFeature, GatePolicy policy) {
    return Gate.decide(
        model,
        new Rival("the baseline " + baselineFeature, baseline),
        Optional.ofNullable(incumbent)
            .map(it -> new Rival("the live model " + incumbentVersion, it)),
        policy);
  }

  /**
   * What the model brings over the one that was live, by log loss, which sees ranks and heights.
   */
  Gain gain() {
    if (incumbent == null) {
      return Gain.UNKNOWN;
    }
    return model
        .difference(LikelihoodFigure.LOG_LOSS, incumbent)
        .map(it -> it.interval().high() < 0 ? Gain.CLEAR : Gain.LITTLE)
        .orElse(Gain.UNKNOWN);
  }

  private static double[] scores(LoadedModel model, Rows rows) {
    return IntStream.range(0, rows.size())
        .mapToDouble(row -> model.predictor().predict(rows.vector(row)))
        .toArray();
  }

  /** A model that was brought in may foretell something else. */
  private static boolean areProbabilities(double[] scores) {
    return Arrays.stream(scores).allMatch(it -> it >= 0 && it <= 1);
  }

  private static Map<Population, Evaluation> byPopulation(
      Rows heldOut, long horizonMillis, double[] scores, double[] weights, Resamples resamples) {
    Map<Population, Evaluation> evaluations = new EnumMap<>(Population.class);
    for (Population population : Population.values()) {
      int[] members =
          IntStream.range(0, heldOut.size())
              .filter(row -> population == population(heldOut, row, horizonMillis))
              .toArray();
      if (members.length > 0) {
        boolean[] outcomes = new boolean[members.length];
        double[] memberScores = new double[members.length];
        double[] memberWeights = new double[members.length];
        for (int i = 0; i < members.length; i++) {
          outcomes[i] = heldOut.positive(members[i]);
          memberScores[i] = scores[members[i]];
          memberWeights[i] = weights[members[i]];
        }
        evaluations.put(
            population,
            Evaluation.of(memberScores, outcomes, memberWeights, resamples.where(members)));
      }
    }
    return evaluations;
  }

  private static Population population(Rows rows, int row, long horizonMillis) {
    return Population.of(
        rows.firstTarget(row), rows.lastTarget(row), rows.asOf(row), horizonMillis);
  }

  private static List<ReachedGoal> reached(Thresholds thresholds) {
    List<ReachedGoal> reached = new ArrayList<>();
    for (ThresholdGoal goal : GOALS) {
      thresholds.best(goal).ifPresent(it -> reached.add(new ReachedGoal(goal, it)));
    }
    return reached;
  }
}
