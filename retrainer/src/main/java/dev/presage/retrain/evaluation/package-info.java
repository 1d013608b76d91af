/** How well scores foretold what happened: figures over pairs of a score and an outcome. */
package dev.presage.retrain.evaluation;
