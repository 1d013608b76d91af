/** The versions of models that there are: bringing them in, promoting them, taking them back. */
package dev.presage.retrain.registry;
