/**
 * Buy till you die: how often customers will buy again, from how often and when they have bought.
 */
@NullMarked
package dev.presage.model.btyd;

import org.jspecify.annotations.NullMarked;
