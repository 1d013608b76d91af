package dev.presage.retrain.schedule;

/**
 * Why a trait is trained.
 *
 * @param kind the sort of reason
 * @param reason a sentence for people, with the figures that decided
 */
public record Occasion(Kind kind, String reason) {
  /** The sorts of reasons, the most urgent first. */
  public enum Kind {
    /** Somebody asked. */
    HAND,
    /** There is no model yet. */
    FIRST,
    /** Its figures in service are worse than its held-out ones, beyond their interval. */
    QUALITY,
    /** The population has moved. */
    DRIFT,
    /** There is much that is new. */
    VOLUME,
    /** It is time. */
    TIME
  }
}
