package dev.presage.features;

/**
 * What became of an event.
 *
 * @param kind whether it counts
 * @param reason why it does not, for people; empty where it does
 */
public record ApplyOutcome(Kind kind, String reason) {
  /** The event is the newest of the profile, or as new as it. */
  public static final ApplyOutcome APPLIED = new ApplyOutcome(Kind.APPLIED, "");

  /** The event is older than the newest of the profile and went where it belongs. */
  public static final ApplyOutcome APPLIED_LATE = new ApplyOutcome(Kind.APPLIED_LATE, "");

  /** An event with this ID came within the deduplication period; nothing has changed. */
  public static final ApplyOutcome DUPLICATE =
      new ApplyOutcome(Kind.DUPLICATE, "an event with this ID has come before");

  /** Whether an event counts, and why not. */
  public enum Kind {
    APPLIED,
    APPLIED_LATE,
    DUPLICATE,
    /** Older than every series that would count it keeps; nothing has changed. */
    TOO_LATE,
    /** It has no time, or a time or a number that cannot be; nothing has changed. */
    INVALID
  }

  static ApplyOutcome tooLate(String reason) {
    return new ApplyOutcome(Kind.TOO_LATE, reason);
  }

  static ApplyOutcome invalid(String reason) {
    return new ApplyOutcome(Kind.INVALID, reason);
  }

  /** Says whether the event counts, so that the state has changed. */
  public boolean isApplied() {
    return kind == Kind.APPLIED || kind == Kind.APPLIED_LATE;
  }
}
