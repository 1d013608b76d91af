/** Boosted trees; the only package that knows XGBoost. */
package dev.presage.retrain.training;
