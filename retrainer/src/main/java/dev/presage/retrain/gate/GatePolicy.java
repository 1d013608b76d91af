package dev.presage.retrain.gate;

/**
 * What a model that is good enough has to wait for.
 *
 * @param approvalRequired true: for a person who says that it may go live
 * @param shadowFirst true: until its figures in service agree with those on held-out rows
 */
public record GatePolicy(boolean approvalRequired, boolean shadowFirst) {
  /** It goes live at once. */
  public static final GatePolicy AT_ONCE = new GatePolicy(false, false);
}
