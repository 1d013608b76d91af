/**
 * Triggers: what happened to a profile is matched with the definitions where the profile is, and
 * what matches is decided under the caps where all of one trigger come together.
 */
package dev.presage.scoring.trigger;
