/**
 * The figures of the feature store and their targets; {@link
 * dev.presage.features.figures.FeatureFigures} measures them.
 */
@NullMarked
package dev.presage.features.figures;

import org.jspecify.annotations.NullMarked;
