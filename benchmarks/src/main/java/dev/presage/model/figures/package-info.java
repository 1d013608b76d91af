/**
 * The figures of models and their targets; {@link dev.presage.model.figures.ModelFigures} measures
 * them.
 */
@NullMarked
package dev.presage.model.figures;

import org.jspecify.annotations.NullMarked;
