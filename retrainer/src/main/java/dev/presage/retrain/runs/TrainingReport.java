package dev.presage.retrain.runs;

import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.split.TimeSplit;
import java.util.Map;

/**
 * What a run found out.
 *
 * @param kind what is foretold
 * @param history what was read, without the rows
 * @param split how the rows were divided by time
 * @param trainingRows rows that the model was trained on
 * @param trainingPositives how many of them were positive; of amounts, above 0
 * @param learned what was trained, and what was considered on the way
 * @param model the model on held-out rows at event moments
 * @param baselineFeature the single feature that ranks the training rows best
 * @param baseline the baseline on the same held-out rows
 * @param calendarModel the model on held-out rows at calendar cut times
 * @param constantBaselines baselines that tell nobody apart on the same held-out rows, by name
 * @param judged more of what was found out on the held-out rows at event moments
 * @param portrait what the model is made of
 */
public record TrainingReport(
    PredictionKind kind,
    TrainingRows history,
    TimeSplit split,
    long trainingRows,
    long trainingPositives,
    Learned learned,
    Evaluation model,
    String baselineFeature,
    Evaluation baseline,
    Evaluation calendarModel,
    Map<String, Evaluation> constantBaselines,
    Judged judged,
    Portrait portrait) {
  public TrainingReport {
    // Reports are remembered, and rows are large.
    history = history.withoutRows();
    constantBaselines = Map.copyOf(constantBaselines);
  }

  TrainingReport with(Portrait drawn) {
    return new TrainingReport(
        kind,
        history,
        split,
        trainingRows,
        trainingPositives,
        learned,
        model,
        baselineFeature,
        baseline,
        calendarModel,
        constantBaselines,
        judged,
        drawn);
  }
}
