package dev.presage.retrain.gate;

/**
 * What becomes of a model, and why.
 *
 * @param next what becomes of it
 * @param reason sentences for people, with the figures that decided
 */
public record GateDecision(Next next, String reason) {
  /** What becomes of a model. */
  public enum Next {
    /** It is kept, and does not score. */
    REJECT,
    /** It scores as a shadow until a person has said that it may go live. */
    ASK,
    /** It scores as a shadow until its figures in service are known. */
    SHADOW,
    /** It goes live. */
    LIVE
  }

  /** Whether it is good enough to go live, now or later. */
  public boolean passed() {
    return next != Next.REJECT;
  }
}
