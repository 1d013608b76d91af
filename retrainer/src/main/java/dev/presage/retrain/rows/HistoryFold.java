package dev.presage.retrain.rows;

import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.FoldOutcome;
import dev.presage.features.identity.IdentityFold;
import dev.presage.features.identity.Outbox;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Folds a history by the fold of the stream, partition by partition, and shows every profile right
 * after its events and at cut times. Used by one thread.
 *
 * <p>What the fold sends on is dropped: the stream has sent it, so it is in the log already, on
 * that of another profile.
 *
 * <p>A profile is shown as it is at that point of the log, before any later record is applied: at a
 * cut time when the first record after it is about to be applied. So nothing shows its own future.
 */
final class HistoryFold {
  private static final Outbox IN_THE_LOG_ALREADY = (profileId, entry) -> {};

  private final FeatureEngine engine;
  private final IdentityFold identities;
  private final CutTimes cuts;
  private final Viewer viewer;
  private final Map<String, ProfileFold> folds = new HashMap<>();
  private long partitionNewest = Long.MIN_VALUE;
  private long newest = Long.MIN_VALUE;

  /** Is shown profiles. */
  interface Viewer {
    /** An event was applied. */
    void applied(ProfileFold profile, Event event);

    /** An event was applied that is the newest of the profile. */
    void moment(ProfileFold profile, long asOf);

    /** A cut time was passed since the first event of the profile. */
    void cut(ProfileFold profile, long asOf);
  }

  HistoryFold(FeatureEngine engine, CutTimes cuts, Viewer viewer) {
    this.engine = engine;
    this.identities = new IdentityFold(engine);
    this.cuts = cuts;
    this.viewer = viewer;
  }

  /** Applies the next record of the log of an ID; an event has a time. */
  void apply(String profileId, ProfileLogRecord entry) {
    Event event = entry.getEvent();
    if (event != null && !FeatureEngine.isEventTime(event.getOccurredAt())) {
      // The engine would refuse the event, but cut times up to it would come before that.
      return;
    }
    ProfileFold profile = folds.get(profileId);
    if (profile == null) {
      profile = new ProfileFold(profileId, engine.newState());
      folds.put(profileId, profile);
    }
    showCuts(profile, lastCutBefore(entry));
    FoldOutcome outcome = identities.apply(profileId, profile, entry, IN_THE_LOG_ALREADY);
    switch (outcome.kind()) {
      case APPLIED -> {
        applied(profile, event);
        viewer.moment(profile, profile.features().newestEventMillis());
      }
      case APPLIED_LATE -> applied(profile, event);
      case MERGED -> merged(profile, reached(entry.getAbsorb().getOccurredAt()));
      case MOVED -> profile.life().endAt(reached(entry.getLink().getOccurredAt()));
      default -> {}
    }
  }

  private void applied(ProfileFold profile, Event event) {
    long time = event.getOccurredAt().toEpochMilli();
    partitionNewest = Math.max(partitionNewest, time);
    if (profile.nextCut == CutTimes.NEVER) {
      profile.nextCut = cuts.firstFrom(time);
    }
    viewer.applied(profile, event);
  }

  /** What was absorbed may be newer; as of an earlier time, it cannot be shown any more. */
  private void merged(ProfileFold profile, long shownUntil) {
    if (!profile.features().isEmpty()) {
      long newestEvent = profile.features().newestEventMillis();
      long first = cuts.firstFrom(Math.max(newestEvent, shownUntil + 1));
      boolean isFirst = profile.nextCut == CutTimes.NEVER;
      profile.nextCut = isFirst ? first : Math.max(profile.nextCut, first);
    }
  }

  private long lastCutBefore(ProfileLogRecord entry) {
    if (entry.getEvent() != null) {
      return entry.getEvent().getOccurredAt().toEpochMilli() - 1;
    }
    if (entry.getLink() != null) {
      return reached(entry.getLink().getOccurredAt());
    }
    if (entry.getAbsorb() != null) {
      return reached(entry.getAbsorb().getOccurredAt());
    }
    return Long.MIN_VALUE;
  }

  /** A link may be dated ahead of everything that has happened. */
  private long reached(Instant time) {
    return Math.min(time.toEpochMilli(), partitionNewest);
  }

  private void showCuts(ProfileFold profile, long until) {
    while (profile.nextCut <= until) {
      viewer.cut(profile, profile.nextCut);
      profile.nextCut = cuts.after(profile.nextCut);
    }
  }

  /** Ends a partition: its profiles are done, and forgotten. */
  void endPartition() {
    for (ProfileFold profile : folds.values()) {
      showCuts(profile, partitionNewest);
    }
    folds.clear();
    newest = Math.max(newest, partitionNewest);
    partitionNewest = Long.MIN_VALUE;
  }

  /** How many profiles are held. */
  int profiles() {
    return folds.size();
  }

  /** Time of the newest event of the partitions that are over; a negative number without any. */
  long newestEventMillis() {
    return newest;
  }
}
