/** From a record as received to an event on the log of its profile, or to a refusal. */
package dev.presage.scoring.ingest;
