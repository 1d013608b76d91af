package dev.presage.features.identity;

import dev.presage.features.ApplyOutcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the log did to what is known under its ID.
 *
 * @param kind in short
 * @param reason of a refusal, for people; null of everything else
 */
public record FoldOutcome(Kind kind, @Nullable String reason) {

  /** What a record did. */
  public enum Kind {
    /** An event was applied that is the newest of the profile. */
    APPLIED,
    /** An event was applied that is older than the newest. */
    APPLIED_LATE,
    /** An event had been applied before; nothing changed. */
    DUPLICATE,
    /** An event is older than what any of its series keep; nothing changed. */
    TOO_LATE,
    /** The record cannot be what it says that it is; nothing changed. */
    INVALID,
    /** The state of another profile moved in. */
    MERGED,
    /** The profile's state has left for the one that absorbs it; a redirect stays. */
    MOVED,
    /** The record was sent on to where the ID redirects. */
    SENT_ON,
    /** A link to where the ID belongs already; nothing changed. */
    LINKED_ALREADY,
    /** An event links a device that belongs to somebody else already; nothing changed. */
    LINKED_ELSEWHERE,
    /** The profile is gone. */
    ERASED,
    /** There was no profile to erase; the ID is erased all the same. */
    NOTHING_TO_ERASE,
    /** The ID was erased, and may have a profile again. */
    LET_IN,
    /** The ID had not been erased; nothing changed. */
    NOT_ERASED,
    /** What came is of an erased ID, or from before it was let in again, and is dropped. */
    DROPPED
  }

  private static final Map<Kind, FoldOutcome> WITHOUT_REASON = withoutReason();

  /** Whether an event was applied. */
  public boolean isApplied() {
    return kind == Kind.APPLIED || kind == Kind.APPLIED_LATE;
  }

  static FoldOutcome of(Kind kind) {
    return Objects.requireNonNull(WITHOUT_REASON.get(kind));
  }

  static FoldOutcome invalid(String reason) {
    return new FoldOutcome(Kind.INVALID, reason);
  }

  static FoldOutcome of(ApplyOutcome outcome) {
    return switch (outcome.kind()) {
      case APPLIED -> of(Kind.APPLIED);
      case APPLIED_LATE -> of(Kind.APPLIED_LATE);
      case DUPLICATE -> of(Kind.DUPLICATE);
      case TOO_LATE -> new FoldOutcome(Kind.TOO_LATE, outcome.reason());
      case INVALID -> invalid(String.valueOf(outcome.reason()));
    };
  }

  private static Map<Kind, FoldOutcome> withoutReason() {
    Map<Kind, FoldOutcome> outcomes = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      outcomes.put(kind, new FoldOutcome(kind, null));
    }
    return outcomes;
  }
}
