/** Training runs: what they do step by step, their queue and the states of traits. */
package dev.presage.retrain.runs;
