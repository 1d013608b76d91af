/** Regression on a few variables; the only package that solves systems of equations. */
package dev.presage.retrain.regression;
