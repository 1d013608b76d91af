package dev.presage.features.declaration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts computed features in an order in which each comes after all that it reads.
 *
 * @param order indices of the computed features
 * @param cycles features that read themselves, each as the path from a feature back to it
 */
record ComputedOrder(List<Integer> order, List<List<String>> cycles) {

  static ComputedOrder of(List<FeatureDefinition> features) {
    Walk walk = new Walk(features);
    for (int i = 0; i < features.size(); i++) {
      walk.visit(i);
    }
    return new ComputedOrder(List.copyOf(walk.order), List.copyOf(walk.cycles));
  }

  /** A walk, depth first, that leaves a feature after all that it reads. */
  private static final class Walk {
    private final List<FeatureDefinition> features;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<String> path = new ArrayList<>();
    private final Set<String> done = new HashSet<>();
    private final List<Integer> order = new ArrayList<>();
    private final List<List<String>> cycles = new ArrayList<>();

    Walk(List<FeatureDefinition> features) {
      this.features = features;
      for (int i = 0; i < features.size(); i++) {
        indices.put(features.get(i).name(), i);
      }
    }

    void visit(int index) {
      if (!(features.get(index) instanceof FeatureDefinition.Computed(var name, var expression))
          || done.contains(name)) {
        return;
      }
      path.add(name);
      for (String read : expression.reads()) {
        Integer readIndex = indices.get(read);
        if (path.contains(read)) {
          List<String> cycle = new ArrayList<>(path.subList(path.indexOf(read), path.size()));
          cycle.add(read);
          cycles.add(List.copyOf(cycle));
        } else if (readIndex != null) {
          visit(readIndex);
        }
      }
      path.removeLast();
      done.add(name);
      order.add(index);
    }
  }
}
