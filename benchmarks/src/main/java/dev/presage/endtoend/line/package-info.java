/**
 * The topologies that the streams application is compared with, each in a JVM of its own; {@link
 * dev.presage.endtoend.line.LineMain} runs one.
 */
@NullMarked
package dev.presage.endtoend.line;

import org.jspecify.annotations.NullMarked;
