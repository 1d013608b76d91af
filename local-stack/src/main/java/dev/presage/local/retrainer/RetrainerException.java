package dev.presage.local.retrainer;

import java.util.List;

/** The retrainer refused what it was asked for; the message is its own. */
public final class RetrainerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final List<String> problems;

  RetrainerException(int status, String message) {
    this(status, message, List.of());
  }

  RetrainerException(int status, String message, List<String> problems) {
    super(message);
    this.status = status;
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong with what was sent, a sentence each; empty where it is not that. */
  public List<String> problems() {
    return problems;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }
}
