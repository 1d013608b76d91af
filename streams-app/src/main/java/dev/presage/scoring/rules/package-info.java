/** What profiles are scored by: compiled trait and segment definitions and the live models. */
package dev.presage.scoring.rules;
