package dev.presage.retrain.gate;

/**
 * Whether a model may go live, and why.
 *
 * @param passed true: it may
 * @param reason a sentence for people, with the figures that decided
 */
public record GateDecision(boolean passed, String reason) {}
