/**
 * From a profile's history to labelled rows: the vectors as they were served, and what followed.
 */
package dev.presage.retrain.rows;
