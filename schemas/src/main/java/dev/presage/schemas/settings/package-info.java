/** Typed settings, validated as a whole. */
package dev.presage.schemas.settings;
