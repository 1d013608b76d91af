package dev.presage.retrain.runs;

import dev.presage.retrain.candidates.CandidateResult;
import dev.presage.retrain.selection.DroppedFeature;
import java.util.List;
import java.util.Map;

/**
 * What was learned, and what was considered on the way.
 *
 * @param candidate kind of the model that was trained
 * @param parameters what it was trained with, by name
 * @param candidates how all kinds did on the rows that choose
 * @param dropped features that no model uses, and why
 * @param calibration whether and how the model is calibrated, a sentence for people
 */
public record Learned(
    String candidate,
    Map<String, String> parameters,
    List<CandidateResult> candidates,
    List<DroppedFeature> dropped,
    String calibration) {
  public Learned {
    parameters = Map.copyOf(parameters);
    candidates = List.copyOf(candidates);
    dropped = List.copyOf(dropped);
  }
}
