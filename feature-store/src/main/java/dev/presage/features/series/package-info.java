/**
 * The state of one profile in memory: events, tiles and running totals of each series, and the
 * windows over them.
 */
@NullMarked
package dev.presage.features.series;

import org.jspecify.annotations.NullMarked;
