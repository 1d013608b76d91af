/** The retrainer: from trait definitions and the history to models that beat a baseline. */
package dev.presage.retrain;
