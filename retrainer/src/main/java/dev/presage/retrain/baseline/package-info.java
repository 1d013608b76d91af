/** What a model has to beat: the best single feature, scaled to a probability. */
package dev.presage.retrain.baseline;
