@NullMarked
package dev.presage.features.declaration;

import org.jspecify.annotations.NullMarked;
