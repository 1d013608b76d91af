/** What the engine counts and times. */
package dev.presage.scoring.metrics;
