/** Models that are made of others: a classifier times a regressor, two populations. */
@NullMarked
package dev.presage.model.composite;

import org.jspecify.annotations.NullMarked;
