/** What the benchmarks train on. */
package dev.presage.retrain;
