/**
 * Declared features: {@link dev.presage.features.FeatureDeclarations} say what, {@link
 * dev.presage.features.FeatureEngine} folds events into states and states into vectors.
 */
@NullMarked
package dev.presage.features;

import org.jspecify.annotations.NullMarked;
