package dev.presage.features.identity;

import java.util.List;

/** What stands under an ID. Immutable. */
public sealed interface Identity {
  /** A time that is later than any. */
  long UNBORN = Long.MAX_VALUE;

  /** Under an ID of which nothing is known. */
  Identity NEW = new Own(UNBORN, 0, List.of(), 0);

  /** How often the ID has changed between profile, redirect and erased. */
  int epoch();

  /**
   * A profile.
   *
   * @param bornAtMillis the earliest time of anything that happened to it; {@link #UNBORN} where
   *     nothing has
   * @param notBeforeMillis when an erased ID was let in again: what happened before stays out; 0
   *     where it was never erased
   * @param members the IDs that it has absorbed, in that order
   */
  record Own(long bornAtMillis, long notBeforeMillis, List<String> members, int epoch)
      implements Identity {
    public Own {
      members = List.copyOf(members);
    }

    Own bornBy(long millis) {
      return millis < bornAtMillis ? new Own(millis, notBeforeMillis, members, epoch) : this;
    }
  }

  /**
   * The profile was absorbed; what comes is sent on.
   *
   * @param to the ID that everything is sent on to
   * @param linkedTo the ID that the link named, which is another where a cycle was resolved
   * @param bornAtMillis as of the profile that it was
   */
  record Redirect(String to, String linkedTo, long bornAtMillis, int epoch) implements Identity {}

  /**
   * Everything was erased, and what comes is dropped.
   *
   * @param atMillis when that was asked for
   */
  record Erased(long atMillis, int epoch) implements Identity {}
}
