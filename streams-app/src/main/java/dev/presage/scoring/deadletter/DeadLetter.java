package dev.presage.scoring.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record on its way to {@code dead-letters}: key, value, time and headers as received, and where
 * it came from and why it stopped in further headers. Of a value that is too long for the topic the
 * beginning is kept; the whole is at its origin.
 */
public final class DeadLetter {
  /** Header: a {@link Refusal.Code}. */
  public static final String CODE = "presage.code";

  /** Header: the reason in words. */
  public static final String REASON = "presage.reason";

  /** Header: the topic that the record was read from. */
  public static final String TOPIC = "presage.topic";

  /** Header: its partition. */
  public static final String PARTITION = "presage.partition";

  /** Header: its offset. */
  public static final String OFFSET = "presage.offset";

  /** Header: how many bytes the value had, where only its beginning is kept. */
  public static final String CUT_FROM = "presage.cut-from";

  /** Longest value that is kept whole; the topic takes somewhat more, for key and headers. */
  static final int LONGEST_VALUE_BYTES = 6 << 20;

  private DeadLetter() {}

  /** The record as it goes out. */
  public static Record<byte[], byte[]> of(
      Record<byte[], byte[]> received, RecordMetadata source, Refusal refusal) {
    Headers headers = new RecordHeaders(received.headers());
    add(headers, CODE, refusal.code().name());
    add(headers, REASON, refusal.reason());
    add(headers, TOPIC, source.topic());
    add(headers, PARTITION, Integer.toString(source.partition()));
    add(headers, OFFSET, Long.toString(source.offset()));
    byte[] value = received.value();
    if (value == null || value.length <= LONGEST_VALUE_BYTES) {
      return received.withHeaders(headers);
    }
    add(headers, CUT_FROM, Integer.toString(value.length));
    return received.withValue(Arrays.copyOf(value, LONGEST_VALUE_BYTES)).withHeaders(headers);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
