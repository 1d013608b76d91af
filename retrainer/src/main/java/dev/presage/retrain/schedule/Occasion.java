package dev.presage.retrain.schedule;

/**
 * Why a trait is trained.
 *
 * @param kind the sort of reason
 * @param reason a sentence for people, with the figures that decided
 */
public record Occasion(Kind kind, String reason) {
  /** Somebody asked for it. */
  public static final Occasion BY_HAND = new Occasion(Kind.HAND, "somebody asked for it");

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
