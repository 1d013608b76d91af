/** What a run found out, for people: as values for JSON, and as a page. */
package dev.presage.retrain.report;
