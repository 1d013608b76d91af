package dev.presage.scoring.trigger;

import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.CrossingDirection;
import dev.presage.schemas.avro.DateReached;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.TraitCrossing;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerRecipients;
import dev.presage.schemas.avro.TriggerSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Matches what happened to a profile with every trigger. Immutable and thread-safe; what no trigger
 * waits for costs a look-up.
 */
public final class Triggers {
  /** No trigger at all. */
  public static final Triggers NONE = new Triggers(List.of());

  /** No date sets a trigger off. */
  public static final long NO_DATE = CompiledTrigger.NO_DATE;

  private final List<CompiledTrigger> all;
  private final Map<String, List<CompiledTrigger>> bySegmentation = new HashMap<>();
  private final Map<String, List<CompiledTrigger>> byTrait = new HashMap<>();
  private final List<CompiledTrigger> onSilence = new ArrayList<>();
  private final List<CompiledTrigger> onDate = new ArrayList<>();

  /** Matches by these. */
  public static Triggers of(List<CompiledTrigger> triggers) {
    return triggers.isEmpty() ? NONE : new Triggers(triggers);
  }

  private Triggers(List<CompiledTrigger> triggers) {
    this.all = List.copyOf(triggers);
    for (CompiledTrigger trigger : all) {
      SegmentMove move = trigger.segmentMove();
      TraitCrossing crossing = trigger.traitCrossing();
      if (move != null) {
        bySegmentation
            .computeIfAbsent(move.getSegmentation(), it -> new ArrayList<>())
            .add(trigger);
      } else if (crossing != null) {
        byTrait.computeIfAbsent(crossing.getTrait(), it -> new ArrayList<>()).add(trigger);
      } else if (trigger.date() != null) {
        onDate.add(trigger);
      } else {
        onSilence.add(trigger);
      }
    }
  }

  /** Where a record of the candidates goes: all of one trigger to one partition. */
  public static String key(TriggerCandidate candidate) {
    TriggerDefinition definition = candidate.getDefinition();
    return definition == null ? candidate.getCanonicalId() : definition.getTrigger();
  }

  /**
   * Tells the caps of all triggers that a profile is gone; goes to every partition.
   *
   * @param absorbedBy the profile that takes over what it was sent; null where it was erased
   */
  public static TriggerCandidate gone(String canonicalId, @Nullable String absorbedBy) {
    return TriggerCandidate.newBuilder()
        .setCanonicalId(canonicalId)
        .setAbsorbedBy(absorbedBy)
        .build();
  }

  /** Whether others than the profile to which it happened receive it, and are still to be found. */
  public static boolean isCall(TriggerCandidate candidate) {
    TriggerDefinition definition = candidate.getDefinition();
    return definition != null
        && definition.getRecipients() != null
        && candidate.getSubject() == null;
  }

  /** What a call comes to for one of those who receive it. */
  public static TriggerCandidate addressed(TriggerCandidate call, String canonicalId) {
    return TriggerCandidate.newBuilder(call)
        .setCanonicalId(canonicalId)
        .setSubject(new TriggerSubject(call.getDefinition().getEntityType(), call.getCanonicalId()))
        .build();
  }

  /** What those are who receive a trigger. */
  static String recipientType(TriggerDefinition definition) {
    TriggerRecipients recipients = definition.getRecipients();
    return recipients == null ? definition.getEntityType() : recipients.getEntityType();
  }

  /** Whether there is no trigger at all. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** How many triggers wait for a date. */
  public int dates() {
    return onDate.size();
  }

  /**
   * When a date of a profile sets one of them off.
   *
   * @param index from 0 to {@link #dates}
   * @param slots its features, as segment rules read them
   * @return milliseconds since 1970; {@link #NO_DATE} for never
   */
  public long dateMillis(int index, double[] slots) {
    return onDate.get(index).dateMillis(slots);
  }

  /** The dates that are waited for; others need other timers. */
  public List<String> dateContent() {
    return onDate.stream().map(it -> String.valueOf(it.date())).distinct().sorted().toList();
  }

  /** Names of the triggers that could be compiled, in order. */
  public List<String> names() {
    return all.stream().map(CompiledTrigger::name).toList();
  }

  /**
   * A profile moved between segments.
   *
   * @param slots its features and traits, as segment rules read them
   */
  public void segmentChanged(SegmentChange change, double[] slots, CandidateSink sink) {
    for (CompiledTrigger trigger :
        bySegmentation.getOrDefault(change.getSegmentation(), List.of())) {
      SegmentMove move = trigger.segmentMove();
      if (move != null
          && isAsked(move.getFrom(), change.getFrom())
          && isAsked(move.getTo(), change.getTo())
          && trigger.receives(slots)) {
        sink.triggerCandidate(
            candidate(
                trigger,
                change.getCanonicalId(),
                reason(change),
                change.getCause(),
                change.getAsOf(),
                change.getEventId()));
      }
    }
  }

  /**
   * A trait of a profile has a new published value. The first one crosses nothing.
   *
   * @param slots its features and traits, as segment rules read them
   */
  public void traitUpdated(TraitUpdate update, double[] slots, CandidateSink sink) {
    Double previous = update.getPreviousValue();
    if (previous == null) {
      return;
    }
    for (CompiledTrigger trigger : byTrait.getOrDefault(update.getTrait(), List.of())) {
      TraitCrossing crossing = trigger.traitCrossing();
      if (crossing != null
          && crosses(crossing, previous, update.getValue())
          && trigger.receives(slots)) {
        sink.triggerCandidate(
            candidate(
                trigger,
                update.getCanonicalId(),
                "%s went from %s to %s, across %s"
                    .formatted(
                        update.getTrait(), previous, update.getValue(), crossing.getThreshold()),
                update.getCause(),
                update.getAsOf(),
                update.getEventId()));
      }
    }
  }

  /**
   * A profile was found to be silent.
   *
   * @param fromMillis how long it had been silent when it was looked at before; 0 where that was at
   *     its last event
   * @param toMillis how long it has been silent now
   * @param slots its features and traits, as segment rules read them
   */
  public void silent(
      String canonicalId,
      long fromMillis,
      long toMillis,
      Instant asOf,
      double[] slots,
      CandidateSink sink) {
    for (CompiledTrigger trigger : onSilence) {
      long atLeast = trigger.silenceMillis();
      if (fromMillis < atLeast && atLeast <= toMillis && trigger.receives(slots)) {
        sink.triggerCandidate(
            candidate(
                trigger,
                canonicalId,
                "silent for " + Durations.of(Duration.ofMillis(toMillis)),
                Cause.SILENCE,
                asOf,
                null));
      }
    }
  }

  /**
   * The time of a profile has come further, by an event, a merge or silence. Dates that it reached
   * just now go off; one in between only if it was due before, as else what has just come would
   * have moved it into the past.
   *
   * @param fromMillis how far the time of the profile had come before
   * @param dueBefore when each of the {@link #dates} was due before; null where all that were due
   *     in between went off at their time
   * @param slots its features and traits, as segment rules read them
   */
  public void datesPassed(
      String canonicalId,
      long fromMillis,
      Instant asOf,
      Cause cause,
      @Nullable String eventId,
      long @Nullable [] dueBefore,
      double[] slots,
      CandidateSink sink) {
    long asOfMillis = asOf.toEpochMilli();
    for (int i = 0; i < onDate.size(); i++) {
      CompiledTrigger trigger = onDate.get(i);
      long due = trigger.dateMillis(slots);
      boolean isReached =
          due == asOfMillis || (due < asOfMillis && dueBefore != null && dueBefore[i] == due);
      if (due > fromMillis && isReached && trigger.receives(slots)) {
        sink.triggerCandidate(
            candidate(trigger, canonicalId, reason(trigger.date(), due), cause, asOf, eventId));
      }
    }
  }

  private static boolean isAsked(@Nullable String asked, @Nullable String segment) {
    return asked == null || asked.equals(segment);
  }

  private static boolean crosses(TraitCrossing crossing, double previous, double value) {
    double threshold = crossing.getThreshold();
    return crossing.getDirection() == CrossingDirection.UP
        ? previous < threshold && value >= threshold
        : previous >= threshold && value < threshold;
  }

  private static String reason(SegmentChange change) {
    StringBuilder reason = new StringBuilder(change.getSegmentation()).append(':');
    if (change.getFrom() != null) {
      reason.append(" left ").append(change.getFrom());
    }
    if (change.getTo() != null) {
      reason.append(change.getFrom() == null ? " entered " : ", entered ").append(change.getTo());
    }
    return reason.toString();
  }

  private static String reason(@Nullable DateReached date, long dueMillis) {
    DateReached reached = Objects.requireNonNull(date);
    long offset = reached.getOffsetMillis();
    String when =
        offset == 0
            ? "at "
            : Durations.ofMillis(Math.abs(offset)) + (offset < 0 ? " before " : " after ");
    return when + reached.getFeature() + ", " + Instant.ofEpochMilli(dueMillis - offset);
  }

  private static TriggerCandidate candidate(
      CompiledTrigger trigger,
      String canonicalId,
      String reason,
      Cause cause,
      Instant asOf,
      @Nullable String eventId) {
    return TriggerCandidate.newBuilder()
        .setCanonicalId(canonicalId)
        .setDefinition(trigger.definition())
        .setReason(reason)
        .setCause(cause)
        .setAsOf(asOf)
        .setEventId(eventId)
        .build();
  }
}
