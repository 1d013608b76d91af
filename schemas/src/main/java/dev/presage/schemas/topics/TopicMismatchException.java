package dev.presage.schemas.topics;

import java.util.List;

/** Topics are there, but not as the catalogue says that they must be. */
public final class TopicMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  TopicMismatchException(List<String> problems) {
    super("Topics are not as expected:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every difference, a sentence each. */
  public List<String> problems() {
    return problems;
  }
}
