package dev.presage.scoring.trigger;

import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.avro.TriggerSubject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The ID of a decision: the first 128 bits of SHA-256 over the trigger, the profile, the as-of
 * time, the cause, the event, the reason and, where there is one, the subject, so that the same
 * decision in a replay has the same ID.
 *
 * @param high the first 64 bits
 * @param text all of it, 32 hexadecimal digits
 */
record TriggerId(long high, String text) {
  private static final int BYTES = 16;

  static TriggerId of(String trigger, TriggerCandidate candidate) {
    MessageDigest digest = sha256();
    add(digest, trigger);
    add(digest, candidate.getCanonicalId());
    digest.update(
        ByteBuffer.allocate(Long.BYTES).putLong(candidate.getAsOf().toEpochMilli()).array());
    add(digest, candidate.getCause().name());
    add(digest, candidate.getEventId());
    add(digest, candidate.getReason());
    TriggerSubject subject = candidate.getSubject();
    if (subject != null) {
      add(digest, subject.getEntityType());
      add(digest, subject.getCanonicalId());
    }
    byte[] hash = digest.digest();
    return new TriggerId(ByteBuffer.wrap(hash).getLong(), HexFormat.of().formatHex(hash, 0, BYTES));
  }

  /** With its length before it, so that no two lists of texts give the same bytes. */
  private static void add(MessageDigest digest, @Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    int length = text == null ? -1 : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
