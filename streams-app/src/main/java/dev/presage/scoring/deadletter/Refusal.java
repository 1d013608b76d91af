package dev.presage.scoring.deadletter;

/**
 * Why a record cannot be processed.
 *
 * @param code for machines and metrics
 * @param reason for people; goes out with the record and is not logged, as it may quote it
 */
public record Refusal(Code code, String reason) {

  /** The sorts of refusals. */
  public enum Code {
    /** No value at all. */
    EMPTY,
    /** The bytes are not a record of the expected schema. */
    UNREADABLE,
    /** Neither {@code userId} nor {@code anonymousId}. */
    NO_ID,
    /** A link by an ID that stands for nobody. */
    NOBODY,
    /** An ID, of a profile or of the event, or a type that is longer than is kept. */
    NAME_TOO_LONG,
    /** More bytes than are kept of one event. */
    TOO_LARGE,
    /** No event type. */
    NO_TYPE,
    /** No time of occurrence. */
    NO_TIME,
    /** A time of occurrence before 1970 or after 2099. */
    TIME_OUT_OF_RANGE,
    /** A time of occurrence that is more than the tolerance ahead of the clock. */
    IN_THE_FUTURE,
    /** Older than what the series of the event keep. */
    TOO_LATE,
    /** A property that cannot be what the declarations say. */
    INVALID_PROPERTY,
    /** A kind of record on an internal topic that this version does not process. */
    UNSUPPORTED
  }
}
