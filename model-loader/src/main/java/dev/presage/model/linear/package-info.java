/** Linear and logistic models over standardised features. */
@NullMarked
package dev.presage.model.linear;

import org.jspecify.annotations.NullMarked;
