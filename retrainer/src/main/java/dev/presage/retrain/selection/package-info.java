/** Which features of the schema a model may use, and why not the others. */
package dev.presage.retrain.selection;
