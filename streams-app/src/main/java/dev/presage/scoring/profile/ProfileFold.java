package dev.presage.scoring.profile;

import dev.presage.features.ApplyOutcome;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.scoring.rules.ScoringRules;

/**
 * The fold: a profile, an event of its log and the rules go in; the changed profile and what is to
 * be sent come out. No Kafka and no clock: the same log gives the same states and the same effects.
 * Used by one thread.
 */
public final class ProfileFold {
  private final FeatureEngine engine;
  private final ProfileScorer scorer;

  /** Creates a fold over the features of an engine. */
  public ProfileFold(FeatureEngine engine) {
    this.engine = engine;
    this.scorer = new ProfileScorer(engine);
  }

  /** A profile to which nothing has happened. */
  public Profile newProfile() {
    return new Profile(engine.newState());
  }

  /**
   * Applies an event and scores the profile as of the newest event time that it has seen.
   *
   * @return what the features made of the event; the profile is unchanged and nothing is sent
   *     unless it was applied
   */
  public ApplyOutcome apply(
      String profileId, Profile profile, Event event, ScoringRules rules, Effects effects) {
    ProfileState features = profile.features();
    ApplyOutcome outcome = engine.apply(features, event);
    switch (outcome.kind()) {
      case APPLIED ->
          scorer.score(profileId, profile, Cause.EVENT, event.getEventId(), rules, effects);
      case APPLIED_LATE ->
          scorer.score(profileId, profile, Cause.CORRECTION, event.getEventId(), rules, effects);
      default -> {}
    }
    return outcome;
  }
}
