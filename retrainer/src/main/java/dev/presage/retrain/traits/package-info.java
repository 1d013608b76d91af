/** Trait definitions, checked and compiled: who is eligible, and which event is the target. */
package dev.presage.retrain.traits;
