/**
 * From an artefact to a verified, compiled model, and the set of live models with its atomic swap.
 * Start at {@link dev.presage.model.LiveModels}.
 */
@NullMarked
package dev.presage.model;

import org.jspecify.annotations.NullMarked;
