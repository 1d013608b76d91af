package dev.presage.features.expression;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The names that an expression may read and the slots in which it finds their values.
 *
 * <p>A name is a path: {@code orders_30d} is written so; {@code traits.churn} and {@code
 * traits["likelihood-to-buy"]} have the paths {@code traits.churn} and {@code
 * traits.likelihood-to-buy}.
 */
public interface Scope {
  /**
   * Returns the index in the array of slots at which the value of a path is found, if it has one.
   */
  OptionalInt slot(String path);

  /** Returns every path, for suggestions. */
  Collection<String> names();

  /** Returns a scope in which each name has the slot of its place in the list. */
  static Scope of(List<String> names) {
    List<String> copy = List.copyOf(names);
    Map<String, Integer> slots = new HashMap<>();
    for (int i = 0; i < copy.size(); i++) {
      slots.putIfAbsent(copy.get(i), i);
    }
    return new Scope() {
      @Override
      public OptionalInt slot(String path) {
        Integer slot = slots.get(path);
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
      }

      @Override
      public Collection<String> names() {
        return copy;
      }
    };
  }
}
