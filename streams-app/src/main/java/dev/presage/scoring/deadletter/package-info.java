/** What cannot be processed, and why. */
package dev.presage.scoring.deadletter;
