package dev.presage.retrain;

import dev.presage.retrain.runs.Models;
import dev.presage.schemas.avro.ModelArtefact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what is published. */
public final class Shelf implements Models {
  private final List<ModelArtefact> published = new ArrayList<>();

  /** What was published, in order. */
  public List<ModelArtefact> published() {
    return published;
  }

  @Override
  public Optional<String> liveVersion(String trait) {
    return published.isEmpty() ? Optional.empty() : Optional.of(published.getLast().getVersion());
  }

  @Override
  public void publish(ModelArtefact artefact) {
    published.add(artefact);
  }
}
