package dev.presage.retrain.live;

import dev.presage.retrain.evaluation.Evaluation;

/**
 * How well the scores that were served foretold what happened, beside the baseline on the same
 * rows.
 *
 * @param trait the trait
 * @param openRows scores that were left out as their horizon is not over at the newest event
 * @param model figures of the scores
 * @param baselineFeature feature of the baseline; several, separated by commas, where models with
 *     different ones have scored; empty where there are no rows
 * @param baseline figures of the baseline
 */
public record LiveQuality(
    String trait, long openRows, Evaluation model, String baselineFeature, Evaluation baseline) {}
