/**
 * Expressions over features and conditions on events, in CEL syntax; the only package that knows
 * {@code dev.cel}.
 */
@NullMarked
package dev.presage.features.expression;

import org.jspecify.annotations.NullMarked;
