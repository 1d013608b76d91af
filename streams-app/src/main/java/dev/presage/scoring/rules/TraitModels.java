package dev.presage.scoring.rules;

import dev.presage.model.LiveModelSet;
import dev.presage.model.LoadedModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The models of one trait, by what they do in scoring. Immutable; look-ups allocate nothing. */
public final class TraitModels {
  private final List<TraitModel> versions;
  private final @Nullable TraitModel live;
  private final @Nullable TraitModel canary;
  private final List<TraitModel> shadows;

  private TraitModels(
      List<TraitModel> versions,
      @Nullable TraitModel live,
      @Nullable TraitModel canary,
      List<TraitModel> shadows) {
    this.versions = versions;
    this.live = live;
    this.canary = canary;
    this.shadows = shadows;
  }

  /**
   * @param mostReasons how many features are named at most for a score that goes out
   */
  static TraitModels of(String trait, LiveModelSet models, int mostReasons) {
    TraitModel live = ofNullable(models.live(trait), mostReasons);
    TraitModel canary = ofNullable(models.canary(trait), mostReasons);
    List<TraitModel> versions = new ArrayList<>();
    for (LoadedModel model : models.versions(trait)) {
      if (live != null && live.version().equals(model.version())) {
        versions.add(live);
      } else if (canary != null && canary.version().equals(model.version())) {
        versions.add(canary);
      } else {
        versions.add(TraitModel.of(model));
      }
    }
    return new TraitModels(
        List.copyOf(versions),
        live,
        canary,
        models.shadows(trait).stream().map(TraitModel::of).toList());
  }

  private static @Nullable TraitModel ofNullable(@Nullable LoadedModel model, int mostReasons) {
    return model == null ? null : TraitModel.of(model, mostReasons);
  }

  /** The model whose values go out where no canary's do; null while there is none. */
  public @Nullable TraitModel live() {
    return live;
  }

  /** The canary, where there is one and the canonical ID is in its group. */
  public @Nullable TraitModel canary(String canonicalId) {
    return canary != null && canary.model().canary().includes(canonicalId) ? canary : null;
  }

  /** Version and share of the canary; empty where there is none. */
  String canaryShare() {
    return canary == null ? "" : canary.version() + " " + canary.model().canary().share();
  }

  /** The model whose values go out for a canonical ID: its canary, else the live one, if any. */
  public @Nullable TraitModel serving(String canonicalId) {
    TraitModel canaryOfId = canary(canonicalId);
    return canaryOfId == null ? live : canaryOfId;
  }

  /** All versions that can be scored, of any stage. */
  public List<TraitModel> versions() {
    return versions;
  }

  /** The models that are scored for comparison alone. */
  public List<TraitModel> shadows() {
    return shadows;
  }

  /** The model by what stands for its version; null where it is not loaded any more. */
  public @Nullable TraitModel find(int id) {
    for (TraitModel model : versions) {
      if (model.id() == id) {
        return model;
      }
    }
    return null;
  }
}
