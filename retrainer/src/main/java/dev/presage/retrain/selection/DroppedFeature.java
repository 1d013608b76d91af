package dev.presage.retrain.selection;

/**
 * A feature that no model uses.
 *
 * @param name name of the feature
 * @param cause which rule it fell under
 * @param reason a sentence for people, with the figures that decided
 */
public record DroppedFeature(String name, Cause cause, String reason) {
  /** The rules. */
  public enum Cause {
    /** It has one value, or none, in all training rows. */
    CONSTANT,
    /** It has the values of another one in all training rows. */
    DUPLICATE,
    /** It looks at what is to be learned, or at what decides whom to learn from. */
    FORBIDDEN,
    /** Alone it ranks the target better than anything that is known beforehand can. */
    LEAKING
  }
}
