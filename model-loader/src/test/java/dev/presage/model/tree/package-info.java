/** Tests of {@code dev.presage.model.tree}. */
@NullMarked
package dev.presage.model.tree;

import org.jspecify.annotations.NullMarked;
