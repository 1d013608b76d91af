package dev.presage.scoring.trigger;

import dev.presage.schemas.avro.TriggerCandidate;

/** Takes what matched. */
public interface CandidateSink {
  /** A trigger matched what happened to a profile; its caps are still to decide. */
  void triggerCandidate(TriggerCandidate candidate);
}
