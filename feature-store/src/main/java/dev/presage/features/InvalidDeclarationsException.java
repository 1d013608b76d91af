package dev.presage.features;

import dev.presage.features.declaration.Problem;
import java.util.List;

/** Declarations that cannot be used; the message has every problem with its place, one a line. */
public final class InvalidDeclarationsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  InvalidDeclarationsException(String source, List<Problem> problems) {
    super(
        source
            + (problems.size() == 1 ? " has a problem:" : " has " + problems.size() + " problems:")
            + "\n  "
            + String.join("\n  ", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  /** Returns every problem, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
