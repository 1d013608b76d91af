package dev.presage.features.declaration;

import java.util.List;

/**
 * That every event type is tracked, whether or not a series names it: as a series of times, and
 * each of some numeric properties as a series of numbers an event type.
 *
 * @param properties names of the properties, ascending, each once
 * @param atMost how many such series a profile can have, from 1 to {@link #MAX_AT_MOST}
 */
public record Tracking(List<String> properties, int atMost) {
  static final int DEFAULT_AT_MOST = 32;
  static final int MAX_AT_MOST = 500;

  public Tracking {
    properties = properties.stream().sorted().distinct().toList();
    if (atMost < 1 || atMost > MAX_AT_MOST) {
      throw new IllegalArgumentException("atMost=" + atMost + " must be from 1 to " + MAX_AT_MOST);
    }
  }
}
