/** Declared traits, segments and triggers: read from YAML, published to their topics. */
package dev.presage.local.definitions;
