package dev.presage.retrain.registry;

import dev.presage.schemas.avro.ModelArtefact;
import java.util.Optional;

/** Where artefacts are kept whole: the topic {@code models}. */
public interface ModelShelf {
  /** Returns the last artefact of a version, of whatever stage. */
  Optional<ModelArtefact> find(String trait, String version);

  /** Publishes an artefact and returns when it is kept. */
  void publish(ModelArtefact artefact);
}
