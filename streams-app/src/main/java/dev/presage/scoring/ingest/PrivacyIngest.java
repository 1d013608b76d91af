package dev.presage.scoring.ingest;

import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.Consent;
import dev.presage.schemas.avro.Erase;
import dev.presage.schemas.avro.PrivacyCommand;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Puts a privacy command on the log of the ID that it names. */
public final class PrivacyIngest implements Ingest {
  private final Deserializer<PrivacyCommand> deserializer;

  /** Creates an ingest. */
  public PrivacyIngest(Deserializer<PrivacyCommand> deserializer) {
    this.deserializer = deserializer;
  }

  @Override
  public Outcome accept(String topic, byte @Nullable [] value, Origin origin) {
    if (value == null) {
      return refused(Code.EMPTY, "The record has no value; expected a PrivacyCommand");
    }
    PrivacyCommand command;
    try {
      command = deserializer.deserialize(topic, value);
    } catch (SerializationException e) {
      return refused(Code.UNREADABLE, String.valueOf(e.getMessage()));
    }
    if (!ExternalIds.isPresent(command.getId()) || !ExternalIds.isPresent(command.getRequestId())) {
      return refused(Code.NO_ID, "The privacy command has no id or no requestId; it needs both");
    }
    if (ExternalIds.isTooLong(command.getId()) || ExternalIds.isTooLong(command.getRequestId())) {
      return refused(
          Code.NAME_TOO_LONG,
          "The privacy command's id or requestId is longer than "
              + ExternalIds.LONGEST_BYTES
              + " bytes");
    }
    Instant requestedAt = command.getRequestedAt();
    if (requestedAt == null || !FeatureEngine.isEventTime(requestedAt)) {
      return refused(
          Code.TIME_OUT_OF_RANGE,
          "The privacy command's requestedAt is "
              + requestedAt
              + "; expected 1970 to 2099, in milliseconds");
    }
    return switch (command.getAction()) {
      case ERASE ->
          accepted(command, LogEntries.of(new Erase(requestedAt, command.getRequestId(), false)));
      case CONSENT ->
          accepted(command, LogEntries.of(new Consent(requestedAt, command.getRequestId())));
      case UNKNOWN ->
          refused(
              Code.UNSUPPORTED,
              "The privacy command's action is none that this version knows; expected ERASE or CONSENT");
    };
  }

  private static Outcome accepted(PrivacyCommand command, ProfileLogRecord entry) {
    return new Outcome.Accepted(List.of(new Addressed(command.getId(), entry)));
  }

  private static Outcome refused(Code code, String reason) {
    return new Outcome.Refused(new Refusal(code, reason));
  }
}
