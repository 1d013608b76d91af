package dev.presage.schemas.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which name was meant. */
public final class Suggestion {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Suggestion() {}

  /**
   * The end of a message about an unknown name: {@code "; did you mean x?"}, or the names that
   * there are where none is close.
   *
   * @param shown how a name is written in the message
   */
  public static String of(String unknown, Collection<String> known, UnaryOperator<String> shown) {
    int tolerated = Math.max(2, unknown.length() / 3);
    return known.stream()
        .min(Comparator.comparing(it -> DISTANCE.apply(unknown, it)))
        .filter(it -> DISTANCE.apply(unknown, it) <= tolerated)
        .map(it -> "; did you mean " + shown.apply(it) + "?")
        .orElseGet(
            () -> "; there are " + String.join(", ", known.stream().map(shown).sorted().toList()));
  }
}
