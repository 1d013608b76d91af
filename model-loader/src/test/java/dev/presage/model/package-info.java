/** Tests; the native library is the reference. */
@NullMarked
package dev.presage.model;

import org.jspecify.annotations.NullMarked;
