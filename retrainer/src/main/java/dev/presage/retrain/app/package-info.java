/** The process: settings, parts, HTTP. */
package dev.presage.retrain.app;
