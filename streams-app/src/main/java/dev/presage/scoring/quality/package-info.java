/** What models are worth: challengers beside the live model, and scores beside what happened. */
package dev.presage.scoring.quality;
