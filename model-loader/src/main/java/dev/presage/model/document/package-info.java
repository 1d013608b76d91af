/** Reads JSON and UBJSON from an untrusted source into one small document model. */
@NullMarked
package dev.presage.model.document;

import org.jspecify.annotations.NullMarked;
