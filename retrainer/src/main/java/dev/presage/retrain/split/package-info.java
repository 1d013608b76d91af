/** Division of rows by time, so that nothing is judged by what it has seen. */
package dev.presage.retrain.split;
