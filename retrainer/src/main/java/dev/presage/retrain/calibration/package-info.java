/** From margins to probabilities that are as high as what happens is frequent. */
package dev.presage.retrain.calibration;
