package dev.presage.features.declaration;

import dev.presage.features.expression.EventCondition;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is tracked of one event type, or of all.
 *
 * @param name name by which features refer to it; a series that was derived for a feature has one
 *     that cannot be declared, such as {@code orders on saturday, sunday}
 * @param eventType the event type, or {@link #ANY_EVENT_TYPE}
 * @param condition what must hold of the properties of an event for it to count
 * @param calendar when an event must happen for it to count; null where at any time
 * @param property the property whose values are tracked; an event without it does not count. Null
 *     where only times are tracked, and only there
 * @param kind what is tracked of an event
 * @param retention how long events stay in windows, and how late an event may come
 */
public record SeriesDefinition(
    String name,
    String eventType,
    @Nullable EventCondition condition,
    @Nullable CalendarCondition calendar,
    @Nullable String property,
    Kind kind,
    Duration retention) {
  /** Stands for every event type. */
  public static final String ANY_EVENT_TYPE = "*";

  /** What is tracked of an event beside its time. */
  public enum Kind {
    /** Nothing. */
    TIMES,
    /** A number. */
    NUMBERS,
    /** A value that is only ever compared with others: the ID of a product, say. */
    IDENTIFIERS
  }

  public SeriesDefinition {
    if ((property == null) != (kind == Kind.TIMES)) {
      throw new IllegalArgumentException(
          "series '" + name + "' of " + kind + " cannot have the property " + property);
    }
  }

  /**
   * Returns the text that identifies what is tracked. The name and the retention are no part of it:
   * a series that is renamed, or kept for longer, goes on with the history that it has.
   */
  public String canonical() {
    Canonical canonical =
        new Canonical()
            .add(eventType)
            .add(condition == null ? "" : condition.canonical())
            .add(property == null ? "" : property);
    // Parts that came later stand only where they say something: older series keep their text.
    if (kind == Kind.IDENTIFIERS) {
      canonical.add("identifier");
    }
    if (calendar != null) {
      canonical.add("calendar").add(calendar.canonical());
    }
    return canonical.text();
  }

  /**
   * Says what is tracked, for people: {@code revenue of order_completed where properties.country ==
   * "France" on saturday, sunday}.
   */
  public String tracks() {
    StringBuilder text = new StringBuilder();
    if (property != null) {
      text.append(property).append(" of ");
    }
    text.append(eventType.equals(ANY_EVENT_TYPE) ? "every event" : eventType);
    if (condition != null) {
      text.append(" where ").append(condition);
    }
    if (calendar != null) {
      text.append(' ').append(calendar);
    }
    return text.toString();
  }

  /**
   * Returns the ID by which stored states know the series, the start of a hash of {@link
   * #canonical}.
   */
  public int stateId() {
    return ByteBuffer.wrap(Canonical.sha256(canonical())).getInt();
  }
}
