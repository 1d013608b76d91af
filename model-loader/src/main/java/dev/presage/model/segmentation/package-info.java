/** Ordered classes by cut points of a score. */
@NullMarked
package dev.presage.model.segmentation;

import org.jspecify.annotations.NullMarked;
