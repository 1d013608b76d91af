package dev.presage.retrain.training;

/**
 * What was chosen on the later slice of the training rows.
 *
 * @param parameters the set with the smallest log loss
 * @param rounds number of trees at which it was smallest, at least 1
 * @param logLoss the log loss there, in nats
 */
public record TreeChoice(TreeParameters parameters, int rounds, double logLoss) {}
