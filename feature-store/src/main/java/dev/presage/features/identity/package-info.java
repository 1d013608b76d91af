/** Who a profile is: what the records of its log make of its identity and of its features. */
@NullMarked
package dev.presage.features.identity;

import org.jspecify.annotations.NullMarked;
