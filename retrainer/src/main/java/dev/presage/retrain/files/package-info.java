/**
 * Files of rows and of events, by DuckDB, which only this package knows. Entry points: {@link
 * dev.presage.retrain.files.RowFiles} and {@link dev.presage.retrain.files.FileHistory}.
 */
package dev.presage.retrain.files;
