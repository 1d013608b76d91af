package dev.presage.retrain.rows;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Absorb;
import dev.presage.schemas.avro.Consent;
import dev.presage.schemas.avro.Erase;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.util.HashMap;
import java.util.Map;

/**
 * When the target of a trait happened, read off a whole history. IDs that became one profile at any
 * time count as one: what was foretold of a device is judged by what its owner did. Used by one
 * thread.
 */
public final class Outcomes {
  private static final long FOR_GOOD = Long.MAX_VALUE;

  private final Trait trait;
  private final long from;
  private final long until;

  /** Towards the ID that stands for all of a group; only IDs that were absorbed are here. */
  private final Map<String, String> parents = new HashMap<>();

  /** By the ID that stands for the group. */
  private final Map<String, TargetTimes> targets = new HashMap<>();

  /** What is known of an ID before this time was erased. */
  private final Map<String, Long> erasedUntil = new HashMap<>();

  private long newestEvent = Long.MIN_VALUE;

  /**
   * Memory grows with the number of times that the target happened in a span.
   *
   * @param from earliest time to remember, inclusive, milliseconds since the epoch
   * @param until latest time to remember, inclusive
   */
  public Outcomes(Trait trait, long from, long until) {
    this.trait = trait;
    this.from = from;
    this.until = until;
  }

  /** Takes in the next record of the log of an ID. */
  public void add(String profileId, ProfileLogRecord entry) {
    if (entry.getEvent() != null) {
      add(profileId, entry.getEvent());
    } else if (entry.getAbsorb() != null) {
      Absorb absorb = entry.getAbsorb();
      join(absorb.getProfileId(), profileId);
    } else if (entry.getErase() != null) {
      erase(profileId, entry.getErase());
    } else if (entry.getConsent() != null) {
      letIn(profileId, entry.getConsent());
    }
  }

  private void add(String profileId, Event event) {
    if (!FeatureEngine.isEventTime(event.getOccurredAt())) {
      // Not applied by the stream either; one far ahead would close horizons that are open.
      return;
    }
    long time = event.getOccurredAt().toEpochMilli();
    newestEvent = Math.max(newestEvent, time);
    int marks = time >= from && time <= until ? trait.marks(event) : 0;
    if (marks != 0) {
      targets
          .computeIfAbsent(group(profileId), id -> new TargetTimes())
          .add(time, marks, trait.amount(event));
    }
  }

  private void join(String absorbed, String into) {
    String from = group(absorbed);
    String to = group(into);
    if (!from.equals(to)) {
      parents.put(from, to);
      TargetTimes moved = targets.remove(from);
      if (moved != null) {
        targets.computeIfAbsent(to, id -> new TargetTimes()).addAll(moved);
      }
    }
  }

  private void erase(String profileId, Erase erase) {
    if (!erase.getFromWinner() || !erasedUntil.containsKey(profileId)) {
      erasedUntil.put(profileId, FOR_GOOD);
    }
  }

  private void letIn(String profileId, Consent consent) {
    erasedUntil.replace(profileId, FOR_GOOD, consent.getGrantedAt().toEpochMilli());
  }

  private String group(String profileId) {
    String id = profileId;
    for (String parent = parents.get(id); parent != null; parent = parents.get(id)) {
      String grandparent = parents.get(parent);
      if (grandparent != null) {
        parents.put(id, grandparent);
      }
      id = parent;
    }
    return id;
  }

  /** Time of the newest event, milliseconds since the epoch; negative where there is none. */
  public long newestEventMillis() {
    return newestEvent;
  }

  /** Whether what was known of an ID at a time was erased. */
  public boolean isErased(String profileId, long atMillis) {
    Long erased = erasedUntil.get(profileId);
    return erased != null && atMillis < erased;
  }

  /** When what matters to the trait happened to the profile that an ID belongs to in the end. */
  public TargetTimes of(String profileId) {
    return targets.getOrDefault(group(profileId), new TargetTimes());
  }
}
