/** Byte layouts of profiles; the only package that may know stores. */
@NullMarked
package dev.presage.features.state;

import org.jspecify.annotations.NullMarked;
