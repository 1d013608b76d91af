package dev.presage.retrain.runs;

/** This retrainer does not train at the moment: another one does, or none has been elected yet. */
public final class NotLeadingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotLeadingException() {
    super("this retrainer does not train at the moment");
  }
}
