/** Benchmarks of the feature store. */
package dev.presage.features;
