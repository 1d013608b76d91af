package dev.presage.local.demo;

import dev.presage.local.play.EventMapping;
import dev.presage.local.play.SourceFile;
import java.time.Instant;

/**
 * What the demo plays.
 *
 * @param sample the sample data
 * @param mapping how its lines become events
 * @param trait the trait that is trained
 * @param cut what occurred before is history; what occurred from here on is scored
 */
public record DemoOptions(SourceFile sample, EventMapping mapping, String trait, Instant cut) {}
