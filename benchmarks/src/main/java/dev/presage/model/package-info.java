/** Benchmarks of compiled models. */
package dev.presage.model;
