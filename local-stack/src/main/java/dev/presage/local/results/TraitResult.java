package dev.presage.local.results;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a training run of a trait found out.
 *
 * @param run the run, as the retrainer answers it
 * @param report its report, as the retrainer answers it
 */
public record TraitResult(JsonNode run, JsonNode report) {
  /** The trait. */
  String trait() {
    return report.path("trait").asText();
  }

  /** Whether a model was made and judged. */
  public boolean isJudged() {
    return report.path("findings").isObject();
  }
}
