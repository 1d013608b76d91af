/** What a person sees of a command; {@link Console} is the entry point. */
package dev.presage.local.console;
