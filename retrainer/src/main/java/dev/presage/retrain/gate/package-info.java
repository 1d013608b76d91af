/** What becomes of a model: pure decisions from figures and a policy. */
package dev.presage.retrain.gate;
