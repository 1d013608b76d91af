/** Talks to the retrainer over HTTP; {@link RetrainerClient} is the entry point. */
package dev.presage.local.retrainer;
