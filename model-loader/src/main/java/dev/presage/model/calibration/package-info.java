/** From scores to probabilities, and to bands. */
@NullMarked
package dev.presage.model.calibration;

import org.jspecify.annotations.NullMarked;
