package dev.presage.retrain.watch;

import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModels;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelArtefacts;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.retrain.registry.ModelRegistry;
import dev.presage.retrain.registry.ModelShelf;
import dev.presage.retrain.runs.Models;
import dev.presage.schemas.avro.ModelArtefact;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A registry whose followers see at once what is published. */
final class RegistryBench implements ModelShelf, Models {
  private final Map<String, ModelArtefact> kept = new LinkedHashMap<>();
  private final LiveModels live;
  private final ModelRegistry registry;

  RegistryBench(FeatureSchema schema) {
    this.live = new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), schema.fingerprint());
    this.registry = new ModelRegistry(live, this);
  }

  ModelRegistry registry() {
    return registry;
  }

  @Override
  public Optional<ModelArtefact> find(String trait, String version) {
    return Optional.ofNullable(kept.get(ModelArtefacts.key(trait, version)));
  }

  @Override
  public Optional<LoadedModel> live(String trait) {
    return Optional.ofNullable(live.current().live(trait));
  }

  @Override
  public void publish(ModelArtefact artefact) {
    String key = ModelArtefacts.key(artefact.getTrait(), artefact.getVersion());
    kept.put(key, artefact);
    live.apply(key, artefact);
    registry.record(key, artefact);
  }
}
