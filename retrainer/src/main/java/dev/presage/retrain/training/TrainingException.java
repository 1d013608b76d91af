package dev.presage.retrain.training;

/** The training library refused; the message is its own. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingException(String doing, Throwable cause) {
    super("XGBoost failed to " + doing + ": " + cause.getMessage(), cause);
  }
}
