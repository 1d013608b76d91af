package dev.presage.model;

import dev.presage.schemas.avro.ModelStage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The models of all traits at one moment. Immutable: whoever scores an event takes one set and uses
 * it from beginning to end. Look-ups allocate nothing.
 *
 * <p>The set is a function of the last accepted record of each version and the order of these
 * records: of several LIVE versions of a trait the latest record counts, and when that one is
 * retired or withdrawn, the one before it scores again. The same holds for CANARY versions, and
 * every SHADOW version is scored. So an instance that reads a compacted topic from its beginning
 * arrives where those are that have followed it.
 */
public final class LiveModelSet {
  static final LiveModelSet EMPTY = new LiveModelSet(new TreeMap<>());

  /** By trait, each trait's models in the order of their records. */
  private final SortedMap<String, List<LoadedModel>> models;

  private final Map<String, LoadedModel> liveByTrait;
  private final List<LoadedModel> live;
  private final Map<String, LoadedModel> canaryByTrait;

  private LiveModelSet(SortedMap<String, List<LoadedModel>> models) {
    this.models = models;
    this.liveByTrait = latest(models, ModelStage.LIVE);
    this.live = List.copyOf(liveByTrait.values());
    this.canaryByTrait = latest(models, ModelStage.CANARY);
  }

  private static Map<String, LoadedModel> latest(
      SortedMap<String, List<LoadedModel>> models, ModelStage stage) {
    Map<String, LoadedModel> latest = new LinkedHashMap<>();
    for (List<LoadedModel> versions : models.values()) {
      for (LoadedModel model : versions) {
        if (model.stage() == stage) {
          latest.put(model.trait(), model);
        }
      }
    }
    return latest;
  }

  /** The model that scores the trait, null where none does. */
  public @Nullable LoadedModel live(String trait) {
    return liveByTrait.get(trait);
  }

  /** The model that scores each trait, ordered by trait. */
  public List<LoadedModel> live() {
    return live;
  }

  /** The model that scores a share of the trait's canonical IDs, null where none does. */
  public @Nullable LoadedModel canary(String trait) {
    return canaryByTrait.get(trait);
  }

  /** The models that are scored for comparison alone, in the order of their records. */
  public List<LoadedModel> shadows(String trait) {
    return versions(trait).stream().filter(it -> it.stage() == ModelStage.SHADOW).toList();
  }

  /** All versions of the trait that can be scored, of any stage, in the order of their records. */
  public List<LoadedModel> versions(String trait) {
    return models.getOrDefault(trait, List.of());
  }

  /** The traits of which there is any version, in order. */
  public Iterable<String> traits() {
    return Collections.unmodifiableSet(models.keySet());
  }

  /** This set with the model as the latest of its trait, in the place of the same version. */
  LiveModelSet with(LoadedModel model) {
    List<LoadedModel> versions = others(model.trait(), model.version());
    versions.add(model);
    return replaced(model.trait(), versions);
  }

  LiveModelSet without(String trait, String version) {
    List<LoadedModel> others = others(trait, version);
    return others.size() == versions(trait).size() ? this : replaced(trait, others);
  }

  private List<LoadedModel> others(String trait, String version) {
    List<LoadedModel> others = new ArrayList<>(versions(trait));
    others.removeIf(model -> model.version().equals(version));
    return others;
  }

  private LiveModelSet replaced(String trait, List<LoadedModel> versions) {
    SortedMap<String, List<LoadedModel>> changed = new TreeMap<>(models);
    if (versions.isEmpty()) {
      changed.remove(trait);
    } else {
      changed.put(trait, List.copyOf(versions));
    }
    return new LiveModelSet(changed);
  }
}
