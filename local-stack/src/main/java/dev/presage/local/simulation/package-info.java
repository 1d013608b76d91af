/**
 * Customers whose every chance is known, so that scores can be held against the truth itself;
 * {@link Simulation} is the entry point.
 */
package dev.presage.local.simulation;
