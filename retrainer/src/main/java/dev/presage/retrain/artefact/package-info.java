/** The record that carries a model to those who serve it. */
package dev.presage.retrain.artefact;
