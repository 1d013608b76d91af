package dev.presage.retrain.evaluation;

/**
 * By how much a figure of one predictor exceeds that of another on the same rows.
 *
 * @param value the first one's less the other's
 * @param interval of the difference, from resamples in which both had the same rows
 */
public record Difference(double value, Interval interval) {}
