/** Benchmarks in a JVM of their own; {@link FigureBench} is the entry point. */
@NullMarked
package dev.presage.local.bench;

import org.jspecify.annotations.NullMarked;
