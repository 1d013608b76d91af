package dev.presage.scoring.trigger;

import dev.presage.schemas.avro.HeldBy;
import dev.presage.scoring.trigger.CapDecision.Held;
import dev.presage.scoring.trigger.CapDecision.Sent;
import dev.presage.scoring.trigger.CapRules.Cap;
import dev.presage.scoring.trigger.ProfileSends.Send;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides candidates under caps, one after the other as they come. Windows are of event time: a
 * candidate counts at the time at which it matched, whenever it comes, and it goes out if with it
 * no window of a cap, earlier, later or around it, holds more than it may.
 */
final class CapDecider {
  /** Bounds the state of a profile, should a trigger without caps go off all the time. */
  static final int MOST_KEPT = 1_000;

  private CapDecider() {}

  /**
   * Decides a candidate; changes nothing.
   *
   * @param id the first 64 bits of the ID that it would have
   * @param sends what the profile was sent by this trigger
   * @param places of the total cap; null where there is none
   */
  static CapDecision decide(
      CapRules rules,
      String canonicalId,
      long timeMillis,
      long id,
      ProfileSends sends,
      @Nullable Places places) {
    Optional<Send> again = sends.find(id);
    if (again.isPresent()) {
      return new Sent(again.get().holdout(), sends);
    }
    Held held = heldByProfile(rules, timeMillis, sends);
    if (held == null && places != null) {
      held = heldByAll(rules, timeMillis, sends, places);
    }
    if (held != null) {
      return held;
    }
    boolean holdout = rules.holdout().includes(canonicalId);
    ProfileSends after = sends.with(new Send(timeMillis, id, holdout), rules.keptMillis());
    if (after.all().size() > MOST_KEPT) {
      return new Held(
          HeldBy.PER_PROFILE,
          "Whatever its caps, a profile gets at most %d in %s"
              .formatted(MOST_KEPT, Durations.ofMillis(rules.keptMillis())));
    }
    return new Sent(holdout, after);
  }

  private static @Nullable Held heldByProfile(CapRules rules, long timeMillis, ProfileSends sends) {
    if (isLate(rules, timeMillis, sends.newestMillis())) {
      return late(rules, "the profile");
    }
    if (rules.coolDownMillis() > 0 && !sends.allow(1, rules.coolDownMillis(), timeMillis)) {
      return new Held(
          HeldBy.COOL_DOWN,
          "Two of one profile are %s apart at least"
              .formatted(Durations.ofMillis(rules.coolDownMillis())));
    }
    Cap perProfile = rules.perProfile();
    if (perProfile != null
        && !sends.allow(perProfile.most(), perProfile.windowMillis(), timeMillis)) {
      return new Held(HeldBy.PER_PROFILE, "A profile gets at most " + perProfile);
    }
    return null;
  }

  private static @Nullable Held heldByAll(
      CapRules rules, long timeMillis, ProfileSends sends, Places places) {
    Cap total = rules.total();
    if (total == null) {
      return null;
    }
    if (isLate(rules, timeMillis, places.newestMillis())) {
      return late(rules, "all profiles");
    }
    return places.isFree(sends.newlyOccupied(total.windowMillis(), timeMillis), total.most())
        ? null
        : new Held(HeldBy.TOTAL, "All in all at most " + total + " profiles get it");
  }

  private static boolean isLate(CapRules rules, long timeMillis, long newestMillis) {
    return newestMillis != Long.MIN_VALUE && timeMillis < newestMillis - rules.latenessMillis();
  }

  private static Held late(CapRules rules, String whose) {
    return new Held(
        HeldBy.LATE,
        "It happened more than %s before the newest one of %s"
            .formatted(Durations.ofMillis(rules.latenessMillis()), whose));
  }
}
