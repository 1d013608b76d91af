package dev.presage.scoring.trigger;

import dev.presage.schemas.avro.TriggerCaps;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.WindowCap;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate is decided by.
 *
 * @param coolDownMillis least time between two of a profile; 0 for none
 * @param perProfile how many a profile may get in a window; null for any number
 * @param total how many profiles may get it in a window; null for any number
 * @param latenessMillis how long before the newest one that went out a candidate may be
 */
record CapRules(
    long coolDownMillis,
    @Nullable Cap perProfile,
    @Nullable Cap total,
    long latenessMillis,
    Holdout holdout) {

  /** At most so many in any window (t - window, t]. */
  record Cap(long most, long windowMillis) {
    private static @Nullable Cap of(@Nullable WindowCap cap) {
      return cap == null ? null : new Cap(cap.getMost(), cap.getWindowMillis());
    }

    @Override
    public String toString() {
      return most + " in " + Durations.ofMillis(windowMillis);
    }
  }

  static CapRules of(TriggerDefinition definition) {
    TriggerCaps caps = definition.getCaps();
    return new CapRules(
        caps.getCoolDownMillis(),
        Cap.of(caps.getPerProfile()),
        Cap.of(caps.getTotal()),
        definition.getLatenessMillis(),
        Holdout.of(definition.getTrigger(), definition.getHoldoutShare()));
  }

  /** How long before the newest one what went out can still hold a candidate back. */
  long keptMillis() {
    long longest = coolDownMillis;
    longest = Math.max(longest, perProfile == null ? 0 : perProfile.windowMillis());
    longest = Math.max(longest, total == null ? 0 : total.windowMillis());
    return latenessMillis + longest;
  }
}
