/**
 * The figures of the retrainer; {@code presage bench training} runs {@link
 * dev.presage.retrain.figures.TrainingFigures}.
 */
package dev.presage.retrain.figures;
