/** Tests of buy till you die. */
@NullMarked
package dev.presage.model.btyd;

import org.jspecify.annotations.NullMarked;
