/** When a trait is trained again, and why: pure decisions over what is known of it. */
package dev.presage.retrain.schedule;
