/** The history as the retrainer reads it: partition by partition, in the order of the log. */
package dev.presage.retrain.history;
