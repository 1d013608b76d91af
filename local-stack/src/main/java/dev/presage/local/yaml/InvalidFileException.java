package dev.presage.local.yaml;

import java.nio.file.Path;
import java.util.List;

/** A file does not say what it must; the message and {@link #problems()} name everything. */
public final class InvalidFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  InvalidFileException(Path file, List<String> problems) {
    super(file + " is wrong:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, a sentence each. */
  public List<String> problems() {
    return problems;
  }
}
