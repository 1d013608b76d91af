/** Watches traits while they serve: what makes them be trained again, and shadows that wait. */
package dev.presage.retrain.watch;
