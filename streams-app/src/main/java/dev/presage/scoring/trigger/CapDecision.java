package dev.presage.scoring.trigger;

import dev.presage.schemas.avro.HeldBy;

/** What the caps made of a candidate. */
sealed interface CapDecision {

  /**
   * It goes out.
   *
   * @param holdout whether it is recorded for the holdout alone
   * @param after what the profile was sent, this one included
   */
  record Sent(boolean holdout, ProfileSends after) implements CapDecision {}

  /**
   * It is held back and nothing changes.
   *
   * @param detail the cap in words
   */
  record Held(HeldBy by, String detail) implements CapDecision {}
}
