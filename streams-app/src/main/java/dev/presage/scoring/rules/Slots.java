package dev.presage.scoring.rules;

import dev.presage.features.expression.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where expressions find their values: the features of the vector first, in the order of the
 * feature schema, then the traits in the order of their definitions, then, in the same order, their
 * percentiles.
 */
final class Slots implements Scope {
  private static final String TRAITS = "traits.";
  private static final String PERCENTILES = "percentiles.";

  private final Map<String, Integer> slots = new HashMap<>();
  private final int features;

  Slots(List<String> features, Collection<String> traits) {
    this.features = features.size();
    for (String feature : features) {
      slots.put(feature, slots.size());
    }
    for (String trait : traits) {
      slots.put(TRAITS + trait, slots.size());
    }
    for (String trait : traits) {
      slots.put(PERCENTILES + trait, slots.size());
    }
  }

  @Override
  public OptionalInt slot(String path) {
    Integer slot = slots.get(path);
    return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
  }

  @Override
  public Collection<String> names() {
    return slots.keySet();
  }

  int count() {
    return slots.size();
  }

  int trait(String trait) {
    return slot(TRAITS + trait).orElseThrow();
  }

  int percentile(String trait) {
    return slot(PERCENTILES + trait).orElseThrow();
  }

  /** The slots of traits and percentiles among what an expression reads. */
  int[] predictedAmong(Collection<String> paths) {
    List<Integer> found = new ArrayList<>();
    for (String path : paths) {
      int slot = slot(path).orElseThrow();
      if (slot >= features) {
        found.add(slot);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }
}
