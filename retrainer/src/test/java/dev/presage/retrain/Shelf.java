package dev.presage.retrain;

import dev.presage.model.LoadedModel;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.ModelRefusedException;
import dev.presage.retrain.runs.Models;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStage;
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
  public Optional<LoadedModel> live(String trait) {
    return published.stream()
        .filter(it -> it.getStage() == ModelStage.LIVE)
        .reduce((earlier, later) -> later)
        .map(Shelf::load);
  }

  @Override
  public void publish(ModelArtefact artefact) {
    published.add(artefact);
  }

  private static LoadedModel load(ModelArtefact artefact) {
    try {
      return new ModelLoader(ModelLimits.DEFAULTS)
          .load(artefact, artefact.getFeatureSchema().getFingerprint());
    } catch (ModelRefusedException e) {
      throw new IllegalStateException(e);
    }
  }
}
