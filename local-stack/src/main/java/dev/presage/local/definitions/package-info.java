/** Declared traits and segments: read from YAML, published to their topics. */
package dev.presage.local.definitions;
