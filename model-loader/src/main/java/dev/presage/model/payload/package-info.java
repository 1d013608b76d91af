/** What the formats of payloads have in common: features by name, and strict objects of JSON. */
@NullMarked
package dev.presage.model.payload;

import org.jspecify.annotations.NullMarked;
