package dev.presage.endtoend.line;

import java.util.List;
import java.util.Map;

/**
 * A profile as it is stored, in JSON.
 *
 * @param events all that there were, the oldest first
 * @param scores the last ones, by trait
 */
record NaiveProfile(List<NaiveEvent> events, Map<String, Double> scores) {
  static final NaiveProfile EMPTY = new NaiveProfile(List.of(), Map.of());
}
