/** The streams application; {@link dev.presage.scoring.ScoringTopology} is the whole graph. */
package dev.presage.scoring;
