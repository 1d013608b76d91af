/** What the scores that were served turned out to be worth. */
package dev.presage.retrain.live;
