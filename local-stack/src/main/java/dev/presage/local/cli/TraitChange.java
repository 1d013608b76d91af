package dev.presage.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.Console;
import dev.presage.local.explain.TerminalText;

/** Says what became of a trait. */
final class TraitChange {

  private TraitChange() {}

  static void report(Console console, JsonNode trait, boolean json) {
    if (json) {
      console.raw(trait.toString());
    } else {
      console.raw(
          TerminalText.of(
              "%s is %s: %s"
                  .formatted(
                      trait.path("trait").asText(),
                      trait.path("state").asText(),
                      trait.path("reason").asText())));
    }
  }
}
