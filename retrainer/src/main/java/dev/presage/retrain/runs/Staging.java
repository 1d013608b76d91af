package dev.presage.retrain.runs;

import dev.presage.retrain.gate.GateDecision;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStage;
import java.util.Optional;

/** Publishes a model for what the gate decided. */
final class Staging {
  private static final String GATE = "gate";

  private Staging() {}

  /**
   * Publishes a model: to score, as a shadow, or as a candidate that does not score, for people to
   * look at and maybe to promote. The version that is live already is never taken back by this: the
   * same history gives the same version.
   *
   * @throws Models.PublishingException when it cannot be published
   */
  static void publish(ModelArtefact artefact, GateDecision decision, Models models) {
    ModelStage stage =
        switch (decision.next()) {
          case LIVE -> ModelStage.LIVE;
          case SHADOW, ASK -> ModelStage.SHADOW;
          case REJECT -> ModelStage.RETIRED;
        };
    boolean isLive =
        models.liveVersion(artefact.getTrait()).equals(Optional.of(artefact.getVersion()));
    if (stage == ModelStage.LIVE || !isLive) {
      models.publish(
          ModelArtefact.newBuilder(artefact)
              .setStage(stage)
              .setApprovedBy(stage == ModelStage.LIVE ? GATE : null)
              .build());
    }
  }
}
