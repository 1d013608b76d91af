/** Tests of signatures. */
@NullMarked
package dev.presage.model.signature;

import org.jspecify.annotations.NullMarked;
