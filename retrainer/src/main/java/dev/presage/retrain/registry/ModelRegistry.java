package dev.presage.retrain.registry;

import dev.presage.model.LiveModels;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelArtefacts;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelMeasurement;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.ModelStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What versions there are, what each is used for, and which instance scores with which. It follows
 * the topics {@code models} and {@code model-status}, and changes a stage by publishing the
 * artefact again with another one. Thread-safe.
 */
public final class ModelRegistry {
  private final LiveModels live;
  private final ModelShelf shelf;

  /** By key, in the order of the last records. */
  private final Map<String, RegisteredModel> models = new LinkedHashMap<>();

  /** By key of {@code model-status}. */
  private final Map<String, ModelStatus> statuses = new TreeMap<>();

  /**
   * @param live follows the topic {@code models}, too
   */
  public ModelRegistry(LiveModels live, ModelShelf shelf) {
    this.live = live;
    this.shelf = shelf;
  }

  /** Takes in a record of the topic {@code models}. */
  public synchronized void record(String key, @Nullable ModelArtefact artefact) {
    models.remove(key);
    if (artefact != null
        && key.equals(ModelArtefacts.key(artefact.getTrait(), artefact.getVersion()))) {
      models.put(key, RegisteredModel.of(artefact));
    }
  }

  /** Takes in a record of the topic {@code model-status}. */
  public synchronized void status(String key, @Nullable ModelStatus status) {
    if (status == null) {
      statuses.remove(key);
    } else {
      statuses.put(key, status);
    }
  }

  /** Returns all versions, those that were published last at the end. */
  public synchronized List<RegisteredModel> models() {
    return List.copyOf(models.values());
  }

  /**
   * Returns a version.
   *
   * @throws UnknownModelException where there is none
   */
  public synchronized RegisteredModel model(String trait, String version) {
    RegisteredModel found = models.get(ModelArtefacts.key(trait, version));
    if (found == null) {
      throw new UnknownModelException(
          "There is no version %s of %s; there are %s".formatted(version, trait, versions(trait)));
    }
    return found;
  }

  /** Returns the version that scores a trait. */
  public Optional<String> liveVersion(String trait) {
    return Optional.ofNullable(live.current().live(trait)).map(LoadedModel::version);
  }

  /** Returns the versions that score a trait for comparison alone. */
  public List<LoadedModel> shadows(String trait) {
    return live.current().shadows(trait);
  }

  /** Whether somebody has decided what a version is used for. */
  public synchronized boolean isApproved(String trait, String version) {
    RegisteredModel model = models.get(ModelArtefacts.key(trait, version));
    return model != null && model.approvedBy() != null;
  }

  /** Returns what each instance decided last on any version of a trait. */
  public synchronized List<ModelStatus> statuses(String trait) {
    return statuses.values().stream().filter(it -> it.getTrait().equals(trait)).toList();
  }

  /**
   * Returns what a version was worth while it served. Every instance measures the same examples, so
   * it is what was measured last on any of them.
   */
  public synchronized Optional<ServiceQuality> quality(String trait, String version) {
    return measurements(trait)
        .flatMap(
            it ->
                it.getQuality().stream()
                    .filter(quality -> quality.getVersion().equals(version))
                    .map(quality -> new ServiceQuality(it.getMeasuredAt(), quality)))
        .max(Comparator.comparing(ServiceQuality::measuredAt));
  }

  /** Returns how far a shadow or canary is from the live model, as each instance measured it. */
  public synchronized List<Challenge> challenges(String trait, String version) {
    List<Challenge> challenges = new ArrayList<>();
    for (ModelStatus status : statuses(trait)) {
      ModelMeasurement measurement = status.getMeasurement();
      if (measurement != null) {
        measurement.getChallengers().stream()
            .filter(it -> it.getVersion().equals(version))
            .forEach(it -> challenges.add(new Challenge(status.getInstance(), it)));
      }
    }
    return challenges;
  }

  /**
   * Returns all that is known of a version.
   *
   * @param run the training run that it came of, where that is remembered
   */
  public synchronized Dossier dossier(RegisteredModel model, Optional<String> run) {
    return new Dossier(
        model,
        liveVersion(model.trait()).filter(model.version()::equals).isPresent(),
        statuses(model.trait()),
        quality(model.trait(), model.version()),
        challenges(model.trait(), model.version()),
        run);
  }

  private Stream<ModelMeasurement> measurements(String trait) {
    return statuses(trait).stream().map(ModelStatus::getMeasurement).filter(Objects::nonNull);
  }

  /**
   * Publishes a version again with another stage.
   *
   * @param canaryShare the share of canonical IDs that it scores as a CANARY, in [0, 1]; null to
   *     leave it as it is
   * @param approvedBy who decided that
   * @throws UnknownModelException where there is none
   */
  public RegisteredModel move(
      String trait,
      String version,
      ModelStage stage,
      @Nullable Double canaryShare,
      String approvedBy) {
    model(trait, version);
    ModelArtefact artefact =
        shelf
            .find(trait, version)
            .orElseThrow(
                () ->
                    new UnknownModelException(
                        "Version %s of %s has just been deleted".formatted(version, trait)));
    ModelArtefact moved =
        ModelArtefact.newBuilder(artefact)
            .setStage(stage)
            .setCanaryShare(canaryShare == null ? artefact.getCanaryShare() : canaryShare)
            .setApprovedBy(approvedBy)
            .build();
    publish(moved);
    return RegisteredModel.of(moved);
  }

  /**
   * Retires the version that scores a trait, so that the one before it does so again.
   *
   * @return the version that scores from now on
   * @throws UnknownModelException where no version was live before the one that is
   */
  public RegisteredModel rollBack(String trait, String approvedBy) {
    List<String> stages = new ArrayList<>();
    for (LoadedModel model : live.current().versions(trait)) {
      if (model.stage() == ModelStage.LIVE) {
        stages.add(model.version());
      }
    }
    if (stages.size() < 2) {
      throw new UnknownModelException(
          stages.isEmpty()
              ? "No version of %s is live; there are %s".formatted(trait, versions(trait))
              : "No version of %s was live before %s; promote one of %s, or retire it"
                  .formatted(trait, stages.getLast(), versions(trait)));
    }
    move(trait, stages.getLast(), ModelStage.RETIRED, null, approvedBy);
    return model(trait, stages.get(stages.size() - 2));
  }

  /** Publishes a verified artefact; whoever asks afterwards finds it. */
  void publish(ModelArtefact artefact) {
    shelf.publish(artefact);
    record(ModelArtefacts.key(artefact.getTrait(), artefact.getVersion()), artefact);
  }

  private synchronized String versions(String trait) {
    List<String> versions =
        models.values().stream()
            .filter(it -> it.trait().equals(trait))
            .map(RegisteredModel::version)
            .toList();
    return versions.isEmpty() ? "none" : String.join(", ", versions);
  }
}
