/**
 * Ed25519 signatures of artefacts: what is signed, by which key, and who is trusted. Start at
 * {@link dev.presage.model.signature.ModelSignature}.
 */
@NullMarked
package dev.presage.model.signature;

import org.jspecify.annotations.NullMarked;
