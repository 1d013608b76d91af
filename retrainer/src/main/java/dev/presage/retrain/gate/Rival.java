package dev.presage.retrain.gate;

import dev.presage.retrain.evaluation.Evaluation;

/**
 * What a model is compared with.
 *
 * @param name how people call it, for example {@code the baseline orders_90d}
 * @param evaluation on the same resamples of the same rows as the model's
 */
public record Rival(String name, Evaluation evaluation) {}
