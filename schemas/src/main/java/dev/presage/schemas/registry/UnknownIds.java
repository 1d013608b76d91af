package dev.presage.schemas.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The IDs of which a registry said lately that it does not know them, so that a flood of foreign
 * records does not become a flood of requests. Bounded, because records can name any ID: the oldest
 * goes first.
 */
final class UnknownIds {
  static final int LARGEST_SIZE = 1_000;
  static final Duration LIFETIME = Duration.ofSeconds(30);

  private final Map<Integer, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Answer> eldest) {
          return size() > LARGEST_SIZE;
        }
      };

  private final LongSupplier nanos;

  private record Answer(UnknownSchemaException exception, long atNanos) {}

  UnknownIds(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized void add(int id, UnknownSchemaException exception) {
    // Removed first, so that it becomes the youngest.
    answers.remove(id);
    answers.put(id, new Answer(exception, nanos.getAsLong()));
  }

  /**
   * Does nothing for an ID that was not asked for lately.
   *
   * @throws UnknownSchemaException as the registry's answer was
   */
  synchronized void throwIfKnown(int id) {
    Answer answer = answers.get(id);
    if (answer == null) {
      return;
    }
    if (nanos.getAsLong() - answer.atNanos() < LIFETIME.toNanos()) {
      throw answer.exception();
    }
    answers.remove(id);
  }
}
