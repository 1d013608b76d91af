/** Decision trees, checked node by node and compiled to flat arrays. */
@NullMarked
package dev.presage.model.tree;

import org.jspecify.annotations.NullMarked;
