package dev.presage.scoring.profile;

import dev.presage.features.FeatureEngine;
import dev.presage.scoring.trigger.Triggers;
import org.jspecify.annotations.Nullable;

/**
 * When dates in a profile's features set triggers off. What it finds follows from the state of the
 * profile alone. Used by one thread.
 */
final class DueDates {
  private final FeatureEngine engine;
  private final double[] now;
  private final double[] then;

  DueDates(FeatureEngine engine) {
    this.engine = engine;
    this.now = new double[engine.schema().size()];
    this.then = new double[engine.schema().size()];
  }

  /**
   * The first time after the as-of time of a profile at which a date sets a trigger off, in
   * milliseconds; {@link Triggers#NO_DATE} for none. A date that, by time alone, is not the same
   * any more when its time comes is none: so time cannot run after a feature that runs with it.
   */
  long next(Profile profile, Triggers triggers) {
    if (triggers.dates() == 0) {
      return Triggers.NO_DATE;
    }
    if (!profile.knowsNextDate(triggers)) {
      profile.nextDate(find(profile, triggers), triggers);
    }
    return profile.nextDateMillis();
  }

  private long find(Profile profile, Triggers triggers) {
    long asOf = profile.asOfMillis();
    engine.vector(profile.features(), asOf, now);
    long next = Triggers.NO_DATE;
    for (int i = 0; i < triggers.dates(); i++) {
      long due = triggers.dateMillis(i, now);
      if (due > asOf && due < next) {
        engine.vector(profile.features(), due, then);
        if (triggers.dateMillis(i, then) == due) {
          next = due;
        }
      }
    }
    return next;
  }

  /** When each date of a profile is due, by the number of its trigger; null where there is none. */
  long @Nullable [] all(Profile profile, Triggers triggers) {
    if (triggers.dates() == 0 || !profile.isAlive()) {
      return null;
    }
    engine.vector(profile.features(), profile.asOfMillis(), now);
    long[] due = new long[triggers.dates()];
    for (int i = 0; i < due.length; i++) {
      due[i] = triggers.dateMillis(i, now);
    }
    return due;
  }
}
