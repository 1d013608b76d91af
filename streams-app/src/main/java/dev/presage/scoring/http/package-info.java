/** HTTP: queries, health and metrics. */
package dev.presage.scoring.http;
