/** Models in LightGBM's text format. */
@NullMarked
package dev.presage.model.lightgbm;

import org.jspecify.annotations.NullMarked;
