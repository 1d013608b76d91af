package dev.presage.scoring.profile;

import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.FoldOutcome;
import dev.presage.features.identity.Identity;
import dev.presage.features.identity.IdentityFold;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Erase;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.PrivacyOutcome;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.scoring.population.Population;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.trigger.Triggers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fold: a profile, a record of its log, how far time has come and the rules go in; the changed
 * profile and what is to be sent come out. No Kafka and no clock: the same log gives the same
 * states and the same effects. Used by one thread.
 *
 * <p>Before a record is applied, the profile is brought up to the time that its partition has
 * reached, rung by rung of the ladder of silence: so what it sends does not depend on whether its
 * timer or its next record came first.
 */
public final class ProfileFold {
  private final FeatureEngine engine;
  private final IdentityFold identities;
  private final ProfileScorer scorer;
  private final SilenceLadder ladder;
  private final DueDates dates;

  /**
   * Creates a fold over the features of an engine.
   *
   * @param population what values are ranked against
   */
  public ProfileFold(FeatureEngine engine, SilenceLadder ladder, Population population) {
    this.engine = engine;
    this.identities = new IdentityFold(engine);
    this.scorer = new ProfileScorer(engine, population);
    this.ladder = ladder;
    this.dates = new DueDates(engine);
  }

  /** A profile to which nothing has happened. */
  public Profile newProfile() {
    return new Profile(engine.newState());
  }

  /**
   * Applies a record and scores the profile, if it is one still, as of the time that it has
   * reached.
   *
   * @param clockMillis the time that the partition has reached, this record included
   */
  public FoldOutcome apply(
      String profileId,
      Profile profile,
      ProfileLogRecord entry,
      long clockMillis,
      ScoringRules rules,
      Effects effects) {
    advance(profileId, profile, Math.max(clockMillis, timeOf(entry)) - 1, rules, effects);
    int members = profile.identity() instanceof Identity.Own own ? own.members().size() : 0;
    long from = profile.isAlive() ? profile.asOfMillis() : 0;
    // Every other record finds the profile brought up to its time.
    long[] dueBefore = entry.getAbsorb() == null ? null : dates.all(profile, rules.triggers());
    FoldOutcome outcome = identities.apply(profileId, profile, entry, effects::toLog);
    profile.forgetNextDate();
    if (outcome.isApplied()) {
      countTargets(profile, entry.getEvent(), rules);
    }
    switch (outcome.kind()) {
      case APPLIED -> {
        Event event = entry.getEvent();
        score(profileId, profile, Cause.EVENT, event, rules, effects);
        scorer.passDates(
            profileId, profile, from, Cause.EVENT, event.getEventId(), null, rules, effects);
      }
      case APPLIED_LATE ->
          score(profileId, profile, Cause.CORRECTION, entry.getEvent(), rules, effects);
      case MERGED -> {
        if (!rules.triggers().isEmpty()) {
          effects.triggerCandidate(Triggers.gone(entry.getAbsorb().getProfileId(), profileId));
        }
        score(profileId, profile, Cause.MERGE, null, rules, effects);
        scorer.passDates(profileId, profile, from, Cause.MERGE, null, dueBefore, rules, effects);
      }
      case MOVED -> {
        Instant at = entry.getLink().getOccurredAt();
        scorer.withdraw(profileId, profile, Cause.MERGE, "merged", at, false, rules, effects);
        profile.leave();
      }
      case ERASED -> {
        Instant at = entry.getErase().getRequestedAt();
        scorer.withdraw(profileId, profile, Cause.UNKNOWN, "erased", at, true, rules, effects);
        profile.withdraw();
        effects.triggerCandidate(Triggers.gone(profileId, null));
        acknowledge(entry.getErase(), PrivacyOutcome.DONE, 1 + members, effects);
      }
      case NOTHING_TO_ERASE ->
          acknowledge(entry.getErase(), PrivacyOutcome.NOTHING_TO_DO, 1, effects);
      case LET_IN, NOT_ERASED ->
          effects.acknowledged(
              entry.getConsent().getRequestId(),
              PrivacyAction.CONSENT,
              outcome.kind() == FoldOutcome.Kind.LET_IN
                  ? PrivacyOutcome.DONE
                  : PrivacyOutcome.NOTHING_TO_DO,
              1);
      default -> {}
    }
    return outcome;
  }

  /**
   * Brings a silent profile up to a time: scores it as of each rung, end of a dwell and date of a
   * trigger that it has reached meanwhile.
   */
  public void advance(
      String profileId, Profile profile, long untilMillis, ScoringRules rules, Effects effects) {
    if (!profile.isAlive()) {
      return;
    }
    for (long next = nextMoment(profile, rules);
        next <= untilMillis;
        next = nextMoment(profile, rules)) {
      long from = profile.asOfMillis();
      long silentBefore = from - profile.features().newestEventMillis();
      profile.silentUntil(next);
      scorer.scoreSilent(profileId, profile, silentBefore, rules, effects);
      scorer.passDates(profileId, profile, from, Cause.SILENCE, null, null, rules, effects);
    }
    long label = nextLabel(profile);
    if (label <= untilMillis) {
      long next = effects.label(profileId, untilMillis, new ExampleLabels(profile, rules));
      profile.nextLabel(next == Long.MAX_VALUE ? Profile.NO_LABEL : next);
    }
  }

  private static void countTargets(Profile profile, Event event, ScoringRules rules) {
    for (ActiveTrait trait : rules.traits()) {
      PublishedTrait published = profile.trait(trait.id());
      if (published != null && trait.isTarget(event)) {
        long time = event.getOccurredAt().toEpochMilli();
        profile.publish(published.with(published.outcomes().targetAt(time, trait.counts(event))));
      }
    }
  }

  private static long nextLabel(Profile profile) {
    return profile.nextLabelMillis() == Profile.NO_LABEL
        ? Long.MAX_VALUE
        : profile.nextLabelMillis();
  }

  /** Scores a profile anew as of the time that it was scored last: the rules have changed. */
  public void rescore(String profileId, Profile profile, ScoringRules rules, Effects effects) {
    score(profileId, profile, Cause.MODEL, null, rules, effects);
  }

  /**
   * When the profile is to be looked at without an event.
   *
   * @return milliseconds since 1970; {@link Long#MAX_VALUE} for never
   */
  public long nextDueMillis(Profile profile, ScoringRules rules) {
    return profile.isAlive()
        ? Math.min(nextMoment(profile, rules), nextLabel(profile))
        : SilenceLadder.NO_RUNG;
  }

  /** The next rung, end of a dwell that kept a segment from changing, or date of a trigger. */
  private long nextMoment(Profile profile, ScoringRules rules) {
    long asOf = profile.asOfMillis();
    long silent =
        Math.min(
            ladder.next(profile.features().newestEventMillis(), asOf),
            Dwell.endsNext(profile, rules, asOf));
    return Math.min(silent, dates.next(profile, rules.triggers()));
  }

  private void score(
      String profileId,
      Profile profile,
      Cause cause,
      @Nullable Event event,
      ScoringRules rules,
      Effects effects) {
    if (profile.isAlive()) {
      scorer.score(
          profileId, profile, cause, event == null ? null : event.getEventId(), rules, effects);
    }
  }

  private static void acknowledge(Erase erase, PrivacyOutcome outcome, int ids, Effects effects) {
    if (!erase.getFromWinner()) {
      effects.acknowledged(erase.getRequestId(), PrivacyAction.ERASE, outcome, ids);
    }
  }

  /**
   * What a record says of the time. A link that an event implied has the time of that event, and
   * comes to a partition that may not have got there yet. Of the other records nobody knows whether
   * their times and those of the events are of the same clock.
   */
  private static long timeOf(ProfileLogRecord entry) {
    Event event = entry.getEvent();
    if (event != null) {
      return event.getOccurredAt().toEpochMilli();
    }
    IdentityLink link = entry.getLink();
    return link != null && link.getImplied() ? link.getOccurredAt().toEpochMilli() : 0;
  }
}
