package dev.presage.scoring.trigger;

import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.CrossingDirection;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.TraitCrossing;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.avro.TriggerDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches what happened to a profile with every trigger. Immutable and thread-safe; what no trigger
 * waits for costs a look-up.
 */
public final class Triggers {
  /** No trigger at all. */
  public static final Triggers NONE = new Triggers(List.of());

  private final List<CompiledTrigger> all;
  private final Map<String, List<CompiledTrigger>> bySegmentation = new HashMap<>();
  private final Map<String, List<CompiledTrigger>> byTrait = new HashMap<>();
  private final List<CompiledTrigger> onSilence = new ArrayList<>();

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

  /** Whether there is no trigger at all. */
  public boolean isEmpty() {
    return all.isEmpty();
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
