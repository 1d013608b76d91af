package dev.presage.schemas.topics;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads texts and remembers what a follower handed to it; throws on the values it is told to. */
final class Seen implements CompactedTopicFollower.Handler<String>, Deserializer<String> {
  final List<String> records = new CopyOnWriteArrayList<>();
  final List<Long> unreadable = new CopyOnWriteArrayList<>();
  final List<Long> rejected = new CopyOnWriteArrayList<>();
  private final Map<String, Throwable> thrown = new ConcurrentHashMap<>();
  private final Set<String> lost = ConcurrentHashMap.newKeySet();

  void onValue(String value, Throwable toThrow) {
    thrown.put(value, toThrow);
  }

  /** The first reading of a value fails as if a server were not there. */
  void loseOnce(String value) {
    lost.add(value);
  }

  @Override
  public @Nullable String deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.equals("unreadable")) {
      throw new SerializationException("planned");
    }
    if (lost.remove(text)) {
      throw new KafkaException("the registry is not there");
    }
    return text;
  }

  @Override
  public void onRecord(String key, @Nullable String value) {
    Throwable planned = value == null ? null : thrown.get(value);
    if (planned instanceof RuntimeException exception) {
      throw exception;
    }
    if (planned instanceof Error error) {
      throw error;
    }
    records.add(key + "=" + value);
  }

  @Override
  public void onUnreadable(ConsumerRecord<String, byte[]> record, SerializationException why) {
    unreadable.add(record.offset());
  }

  @Override
  public void onRejected(ConsumerRecord<String, byte[]> record, RuntimeException why) {
    rejected.add(record.offset());
  }
}
