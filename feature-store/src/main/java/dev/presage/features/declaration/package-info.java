/** Declarations of series and features: what they are, and how they are read from YAML. */
@NullMarked
package dev.presage.features.declaration;

import org.jspecify.annotations.NullMarked;
