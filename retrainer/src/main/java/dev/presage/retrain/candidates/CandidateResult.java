package dev.presage.retrain.candidates;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a candidate did on the rows that choose.
 *
 * @param name the kind
 * @param loss mean loss on these rows: of a likelihood log loss, in nats; NaN where it was declined
 * @param parameters what it was fitted with, by name
 * @param declined why it is nothing for these rows; null where it is
 * @param isChosen whether it is the one that is trained and judged
 */
public record CandidateResult(
    String name,
    double loss,
    Map<String, String> parameters,
    @Nullable String declined,
    boolean isChosen) {
  public CandidateResult {
    parameters = Map.copyOf(parameters);
  }
}
