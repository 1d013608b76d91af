package dev.presage.features.declaration;

import dev.presage.features.expression.EventCondition;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is tracked of one event type.
 *
 * @param name name by which features refer to it
 * @param eventType the event type
 * @param condition what must hold of the properties of an event for it to count
 * @param property the numeric property whose values are tracked; an event without it does not
 *     count. Null where only times are tracked
 * @param retention how long events stay in windows, and how late an event may come
 */
public record SeriesDefinition(
    String name,
    String eventType,
    @Nullable EventCondition condition,
    @Nullable String property,
    Duration retention) {

  /**
   * Returns the text that identifies what is tracked. The name and the retention are no part of it:
   * a series that is renamed, or kept for longer, goes on with the history that it has.
   */
  public String canonical() {
    return new Canonical()
        .add(eventType)
        .add(condition == null ? "" : condition.canonical())
        .add(property == null ? "" : property)
        .text();
  }

  /**
   * Returns the ID by which stored states know the series, the start of a hash of {@link
   * #canonical}.
   */
  public int stateId() {
    return ByteBuffer.wrap(Canonical.sha256(canonical())).getInt();
  }
}
