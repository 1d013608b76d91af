package dev.presage.retrain.traits;

import java.util.List;

/** A trait definition that cannot be trained; the message says everything that is wrong. */
public final class InvalidTraitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  InvalidTraitException(String trait, List<String> problems) {
    super("Trait " + trait + " cannot be trained: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, a phrase each. */
  public List<String> problems() {
    return problems;
  }
}
