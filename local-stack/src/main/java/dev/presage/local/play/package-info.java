/** Plays files of events to Kafka; {@link EventPlayer} is the entry point. */
package dev.presage.local.play;
