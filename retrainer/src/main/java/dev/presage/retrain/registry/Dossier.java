package dev.presage.retrain.registry;

import dev.presage.schemas.avro.ModelStatus;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a version: what was published, and what those who serve it said of it.
 *
 * @param model as it was last published
 * @param scores whether it is the one that scores its trait
 * @param instances what each instance decided last on any version of the trait
 * @param quality what it was worth while it served, where that was measured
 * @param challenges how far it is from the live model, by instance, while it is a challenger
 * @param run the training run that it came of, where that is remembered
 */
public record Dossier(
    RegisteredModel model,
    boolean scores,
    List<ModelStatus> instances,
    Optional<ServiceQuality> quality,
    List<Challenge> challenges,
    Optional<String> run) {
  public Dossier {
    instances = List.copyOf(instances);
    challenges = List.copyOf(challenges);
  }

  /** On how many instances it is the one that scores. */
  public long scoringInstances() {
    return instances.stream().filter(it -> model.version().equals(it.getLiveVersion())).count();
  }
}
