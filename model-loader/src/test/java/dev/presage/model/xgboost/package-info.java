/** Tests of {@code dev.presage.model.xgboost}. */
@NullMarked
package dev.presage.model.xgboost;

import org.jspecify.annotations.NullMarked;
