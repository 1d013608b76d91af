package dev.presage.retrain.mlflow;

import org.jspecify.annotations.Nullable;

/** MLflow did not take what it was given; the message says what it answered. */
final class MlflowException extends Exception {
  private static final long serialVersionUID = 1L;

  MlflowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
