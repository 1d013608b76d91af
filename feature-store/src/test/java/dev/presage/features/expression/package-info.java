@NullMarked
package dev.presage.features.expression;

import org.jspecify.annotations.NullMarked;
