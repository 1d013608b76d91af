/** Tests of {@code dev.presage.model.population}. */
@NullMarked
package dev.presage.model.population;

import org.jspecify.annotations.NullMarked;
