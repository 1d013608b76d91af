package dev.presage.model;

import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStage;
import org.jspecify.annotations.Nullable;

/**
 * The models of an instance, kept by the records of the topic {@code models}. Records are applied
 * one at a time in the order of their offsets; readers never wait, and see a set either before or
 * after a record.
 */
public final class LiveModels {
  private final ModelLoader loader;
  private final String servableFingerprint;
  private volatile LiveModelSet current = LiveModelSet.EMPTY;

  /**
   * @param servableFingerprint fingerprint of the feature schema whose vectors can be built here
   */
  public LiveModels(ModelLoader loader, String servableFingerprint) {
    this.loader = loader;
    this.servableFingerprint = servableFingerprint;
  }

  /** The set of this moment. */
  public LiveModelSet current() {
    return current;
  }

  /**
   * Applies a record of the topic.
   *
   * @param key {@code <trait>/<version>}
   * @param artefact null where the record withdraws the version
   */
  public ModelDecision apply(String key, @Nullable ModelArtefact artefact) {
    String trait = trait(key);
    String version = version(key);
    if (artefact == null) {
      return withdraw(trait, version);
    }
    String expected = ModelArtefacts.key(artefact.getTrait(), artefact.getVersion());
    if (!key.equals(expected)) {
      return refused(
          trait,
          version,
          RefusalCode.KEY_MISMATCH,
          "the record's key is %s, its artefact's is %s; publish it under its own key"
              .formatted(key, expected));
    }
    return offer(artefact);
  }

  /**
   * Refuses a record of the topic that could not be offered; changes nothing.
   *
   * @param key the record's key, which says what it was meant to be
   */
  public ModelDecision refuse(String key, RefusalCode code, String reason) {
    return refused(trait(key), version(key), code, reason);
  }

  /**
   * Verifies an artefact and takes it in: LIVE makes it the one that scores its trait, SHADOW and
   * CANARY keep it beside that one, RETIRED withdraws it. One that is refused changes nothing.
   */
  public synchronized ModelDecision offer(ModelArtefact artefact) {
    if (artefact.getStage() == ModelStage.RETIRED) {
      return withdraw(artefact.getTrait(), artefact.getVersion());
    }
    try {
      LoadedModel model = loader.load(artefact, servableFingerprint);
      current = current.with(model);
      return decided(model.trait(), model.version(), outcome(model.stage()));
    } catch (ModelRefusedException e) {
      return refused(artefact.getTrait(), artefact.getVersion(), e.code(), e.getMessage());
    }
  }

  /** Takes a version away; where it scored its trait, the live version before it does so again. */
  public synchronized ModelDecision withdraw(String trait, String version) {
    current = current.without(trait, version);
    return decided(trait, version, ModelOutcome.RETIRED);
  }

  private ModelDecision decided(String trait, String version, ModelOutcome outcome) {
    return new ModelDecision(trait, version, outcome, null, null, liveVersion(trait));
  }

  private ModelDecision refused(
      String trait, String version, RefusalCode code, @Nullable String reason) {
    return new ModelDecision(
        trait, version, ModelOutcome.REJECTED, code, reason, liveVersion(trait));
  }

  private @Nullable String liveVersion(String trait) {
    LoadedModel live = current.live(trait);
    return live == null ? null : live.version();
  }

  private static String trait(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash);
  }

  private static String version(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? "" : key.substring(slash + 1);
  }

  private static ModelOutcome outcome(ModelStage stage) {
    return switch (stage) {
      case LIVE -> ModelOutcome.LIVE;
      case CANARY -> ModelOutcome.CANARY;
      case SHADOW -> ModelOutcome.SHADOW;
      case RETIRED -> ModelOutcome.RETIRED;
    };
  }
}
