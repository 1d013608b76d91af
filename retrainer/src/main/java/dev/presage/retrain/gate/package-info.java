/** Whether a model may go live. */
package dev.presage.retrain.gate;
