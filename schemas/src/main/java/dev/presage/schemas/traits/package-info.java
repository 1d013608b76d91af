/**
 * Trait definitions as people write them, in files and over HTTP: {@link
 * dev.presage.schemas.traits.TraitDocument} is the entry point.
 */
package dev.presage.schemas.traits;
