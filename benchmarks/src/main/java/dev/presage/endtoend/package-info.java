/**
 * The streams application against other topologies, at one broker and with the same events; {@link
 * dev.presage.endtoend.EndToEndFigures} measures it.
 */
@NullMarked
package dev.presage.endtoend;

import org.jspecify.annotations.NullMarked;
