package dev.presage.retrain.runs;

import dev.presage.model.LoadedModel;
import dev.presage.retrain.evaluation.Curves;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Population;
import dev.presage.retrain.evaluation.Resamples;
import dev.presage.retrain.evaluation.ScoreBin;
import dev.presage.retrain.evaluation.Threshold;
import dev.presage.retrain.evaluation.ThresholdGoal;
import dev.presage.retrain.gate.Gate;
import dev.presage.retrain.gate.GateDecision;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.gate.Rival;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.schedule.Gain;
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
 * @param incumbentVersion version of the model that was live; null where none was, or where what it
 *     foretells cannot be what this one does
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
   * @param prediction what sort of prediction it makes
   * @param heldOut rows that it was not trained on
   * @param modelScores its predictions, row by row
   * @param baselineScores those of the baseline
   * @param live the model that scores the trait today
   */
  static Judged of(
      Prediction prediction,
      Rows heldOut,
      long horizonMillis,
      double[] modelScores,
      double[] baselineScores,
      Optional<LoadedModel> live) {
    long[] profiles = IntStream.range(0, heldOut.size()).mapToLong(heldOut::profile).toArray();
    Resamples resamples = Resamples.ofProfiles(profiles, Resamples.STANDARD, Resamples.SEED);
    Evaluation incumbent =
        live.map(it -> scores(it, heldOut))
            .filter(prediction::canBe)
            .map(it -> prediction.evaluate(it, heldOut, resamples))
            .orElse(null);
    return new Judged(
        prediction.evaluate(modelScores, heldOut, resamples),
        prediction.evaluate(baselineScores, heldOut, resamples),
        incumbent == null ? null : live.map(LoadedModel::version).orElse(null),
        incumbent,
        prediction.hasPopulations()
            ? byPopulation(prediction, heldOut, horizonMillis, modelScores, resamples)
            : Map.of(),
        prediction.curves(modelScores, heldOut),
        prediction.curves(baselineScores, heldOut),
        prediction.distribution(modelScores, heldOut),
        prediction.thresholds(modelScores, heldOut));
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
   * What the model brings over the one that was live, by its loss, which sees ranks and heights.
   */
  Gain gain() {
    if (incumbent == null) {
      return Gain.UNKNOWN;
    }
    return model
        .difference(model.loss(), incumbent)
        .map(it -> it.interval().high() < 0 ? Gain.CLEAR : Gain.LITTLE)
        .orElse(Gain.UNKNOWN);
  }

  private static double[] scores(LoadedModel model, Rows rows) {
    return IntStream.range(0, rows.size())
        .mapToDouble(row -> model.predictor().predict(rows.vector(row)))
        .toArray();
  }

  private static Map<Population, Evaluation> byPopulation(
      Prediction prediction,
      Rows heldOut,
      long horizonMillis,
      double[] scores,
      Resamples resamples) {
    Map<Population, Evaluation> evaluations = new EnumMap<>(Population.class);
    for (Population population : Population.values()) {
      int[] members =
          IntStream.range(0, heldOut.size())
              .filter(row -> population == population(heldOut, row, horizonMillis))
              .toArray();
      if (members.length > 0) {
        evaluations.put(
            population,
            prediction.evaluate(
                Arrays.stream(members).mapToDouble(row -> scores[row]).toArray(),
                heldOut.where(row -> population == population(heldOut, row, horizonMillis)),
                resamples.where(members)));
      }
    }
    return evaluations;
  }

  private static Population population(Rows rows, int row, long horizonMillis) {
    return Population.of(
        rows.firstTarget(row), rows.lastTarget(row), rows.asOf(row), horizonMillis);
  }
}
