/**
 * Declared traits and segments: read from YAML, published to their topics, and what became of them.
 */
package dev.presage.local.definitions;
