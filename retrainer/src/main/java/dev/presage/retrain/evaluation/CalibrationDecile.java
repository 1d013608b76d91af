package dev.presage.retrain.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * One tenth of the rows by score: what was foretold beside what happened.
 *
 * @param decile from 1 to 10, that of the lowest scores first
 * @param rows number of rows, at least 1
 * @param meanScore mean of their scores
 * @param rate mean of their outcomes: of likelihoods the share of positives
 * @param interval of the rate; null where nothing was resampled
 */
public record CalibrationDecile(
    int decile, long rows, double meanScore, double rate, @Nullable Interval interval) {}
