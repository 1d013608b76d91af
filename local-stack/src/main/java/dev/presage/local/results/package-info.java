/** What models are worth on real orders; {@link Results} is the entry point. */
package dev.presage.local.results;
