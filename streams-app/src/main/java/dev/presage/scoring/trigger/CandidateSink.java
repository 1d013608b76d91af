package dev.presage.scoring.trigger;

import dev.presage.schemas.avro.TriggerCandidate;

/** Takes what matched. */
public interface CandidateSink {
  /**
   * A trigger matched what happened to a profile; its caps are still to decide. Where others
   * receive it, who they are is still to be found first, see {@link Triggers#isCall}.
   */
  void triggerCandidate(TriggerCandidate candidate);
}
