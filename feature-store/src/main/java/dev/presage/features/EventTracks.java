package dev.presage.features;

import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.expression.EventCondition;
import dev.presage.schemas.avro.Event;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series over one event type, and which of them count a given event. */
final class EventTracks {
  static final EventTracks NONE = new EventTracks(List.of(), List.of());

  /**
   * Values beyond this are refused: whole numbers up to here are exact in a double, and squares of
   * them do not overflow.
   */
  static final double MAX_VALUE = 1e15;

  private final int[] slots;
  private final String[] names;
  private final @Nullable EventCondition[] conditions;
  private final @Nullable String[] properties;

  /**
   * @param series the series, at most 64, because a set of them is a long
   * @param slots the index of each in the state
   */
  EventTracks(List<SeriesDefinition> series, List<Integer> slots) {
    int size = series.size();
    this.slots = slots.stream().mapToInt(Integer::intValue).toArray();
    this.names = new String[size];
    this.conditions = new @Nullable EventCondition[size];
    this.properties = new @Nullable String[size];
    for (int i = 0; i < size; i++) {
      names[i] = series.get(i).name();
      conditions[i] = series.get(i).condition();
      properties[i] = series.get(i).property();
    }
  }

  int size() {
    return slots.length;
  }

  /** Returns the index in the state of a series. */
  int slot(int track) {
    return slots[track];
  }

  String name(int track) {
    return names[track];
  }

  /** Returns the set of the series that count an event, a bit each. */
  long counting(Event event) {
    Map<String, Object> values = event.getProperties();
    long set = 0;
    for (int i = 0; i < slots.length; i++) {
      String property = properties[i];
      EventCondition condition = conditions[i];
      if ((property == null || values.containsKey(property))
          && (condition == null || condition.test(event))) {
        set |= 1L << i;
      }
    }
    return set;
  }

  /** Says why a series that counts an event cannot take its value, or null where it can. */
  @Nullable String problem(int track, Event event) {
    String property = properties[track];
    if (property == null) {
      return null;
    }
    Object value = event.getProperties().get(property);
    if (value instanceof Number number) {
      double amount = number.doubleValue();
      if (Math.abs(amount) <= MAX_VALUE) {
        return null;
      }
      return "property '" + property + "' must be a number from -1e15 to 1e15, here is " + amount;
    }
    return "property '"
        + property
        + "' must be a number, because series '"
        + names[track]
        + "' tracks it, here is '"
        + value
        + "'";
  }

  /**
   * Returns the value that a series tracks of an event that has no {@link #problem}; 0 without a
   * property.
   */
  double value(int track, Event event) {
    String property = properties[track];
    if (property == null || !(event.getProperties().get(property) instanceof Number number)) {
      return 0;
    }
    // Adding 0.0 turns -0.0 into 0.0: equal values have equal bits.
    return number.doubleValue() + 0.0;
  }
}
