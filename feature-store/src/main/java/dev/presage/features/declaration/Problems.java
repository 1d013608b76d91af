package dev.presage.features.declaration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that all of it can be mended at once. */
final class Problems {
  private final String source;
  private final List<Problem> found = new ArrayList<>();

  Problems(String source) {
    this.source = source;
  }

  void add(Place place, String message) {
    found.add(new Problem(source, place, message));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns them in the order of the file. */
  List<Problem> sorted() {
    return found.stream()
        .sorted(
            Comparator.comparingInt((Problem p) -> p.place().line())
                .thenComparingInt(p -> p.place().column()))
        .toList();
  }
}
