/** Reads what XGBoost writes and predicts as XGBoost does. */
@NullMarked
package dev.presage.model.xgboost;

import org.jspecify.annotations.NullMarked;
