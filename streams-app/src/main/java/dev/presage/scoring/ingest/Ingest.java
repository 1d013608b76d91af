package dev.presage.scoring.ingest;

import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.entity.EntityType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks records of an input topic and decides whose logs they belong to. Used by one thread. */
public interface Ingest {

  /**
   * Reads and checks one record.
   *
   * @param value null where the record has none
   */
  Outcome accept(String topic, byte @Nullable [] value, Origin origin);

  /** Where a record was received. */
  record Origin(String topic, int partition, long offset) {}

  /** A record for the log of a profile. */
  record Addressed(EntityType entityType, String profileId, ProfileLogRecord entry) {
    /** A record for the log of a customer. */
    Addressed(String profileId, ProfileLogRecord entry) {
      this(EntityType.CUSTOMER, profileId, entry);
    }
  }

  /** What became of a record. */
  sealed interface Outcome {
    /** What goes to the logs of profiles. */
    record Accepted(List<Addressed> entries) implements Outcome {
      public Accepted {
        entries = List.copyOf(entries);
      }
    }

    /** A record that goes to {@code dead-letters}. */
    record Refused(Refusal refusal) implements Outcome {}
  }
}
