/** Tests of {@code dev.presage.model.contribution}. */
@NullMarked
package dev.presage.model.contribution;

import org.jspecify.annotations.NullMarked;
