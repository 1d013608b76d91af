package dev.presage.local.tail;

import org.jspecify.annotations.Nullable;

/**
 * What of a topic is shown.
 *
 * @param topic the topic
 * @param fromBeginning from its first record on; else what is written from now on
 * @param key only records of this key; null: of all
 * @param max how many at most, at least 1
 */
public record TailOptions(String topic, boolean fromBeginning, @Nullable String key, long max) {

  public TailOptions {
    if (max < 1) {
      throw new IllegalArgumentException("max must be at least 1, got " + max);
    }
  }
}
