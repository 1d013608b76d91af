/** Tests of {@code dev.presage.model.document}. */
@NullMarked
package dev.presage.model.document;

import org.jspecify.annotations.NullMarked;
