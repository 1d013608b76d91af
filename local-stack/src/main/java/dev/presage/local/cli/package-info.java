/** The commands of {@code ./presage}; {@link PresageCommand} is the entry point. */
package dev.presage.local.cli;
