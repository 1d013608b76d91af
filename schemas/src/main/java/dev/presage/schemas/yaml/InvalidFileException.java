package dev.presage.schemas.yaml;

import java.util.List;

/**
 * A file, or a text, does not say what it must; the message and {@link #problems()} name
 * everything.
 */
public final class InvalidFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  InvalidFileException(String source, List<String> problems) {
    super(source + " is wrong:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, a sentence each. */
  public List<String> problems() {
    return problems;
  }
}
