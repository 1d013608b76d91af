package dev.presage.scoring.rules;

import dev.presage.schemas.avro.DefinitionKind;
import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.DefinitionStatus;
import java.time.Instant;
import java.util.List;

/**
 * What became of a definition.
 *
 * @param kind what is defined
 * @param name key of its record
 * @param outcome what became of the newest record of that key
 * @param problems everything that is wrong with it; empty unless it is refused
 * @param inEffect whether a definition of that name is in effect: this one, or the last valid one
 *     before it
 */
public record DefinitionDecision(
    DefinitionKind kind,
    String name,
    DefinitionOutcome outcome,
    List<String> problems,
    boolean inEffect) {

  public DefinitionDecision {
    problems = List.copyOf(problems);
  }

  /**
   * The record that says so on the topic {@code definition-status}.
   *
   * @param instance who decided
   * @param decidedAt when, by the wall clock
   */
  public DefinitionStatus toStatus(String instance, Instant decidedAt) {
    return new DefinitionStatus(kind, name, instance, outcome, problems, inEffect, decidedAt);
  }
}
