/** Kinds of models that are fitted to the same rows, and the choice among them. */
package dev.presage.retrain.candidates;
