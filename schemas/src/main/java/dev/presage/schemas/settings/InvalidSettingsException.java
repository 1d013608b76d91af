package dev.presage.schemas.settings;

import java.util.List;

/** The configuration is wrong; the message and {@link #problems()} say everything that is. */
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems a sentence each, which names the key
   */
  public InvalidSettingsException(List<String> problems) {
    super("The configuration is wrong:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, a sentence each. */
  public List<String> problems() {
    return problems;
  }
}
