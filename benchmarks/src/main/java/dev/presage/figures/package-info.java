/**
 * Figures, their targets and where they come from; {@link dev.presage.figures.FigureRun} measures
 * them and writes them to a file.
 */
@NullMarked
package dev.presage.figures;

import org.jspecify.annotations.NullMarked;
