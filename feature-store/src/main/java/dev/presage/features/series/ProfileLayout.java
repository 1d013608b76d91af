package dev.presage.features.series;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the state of a profile needs to know of the declarations.
 *
 * @param series the series, by ascending ID
 * @param deduplicationMillis how long event IDs are remembered
 */
public record ProfileLayout(List<SeriesLayout> series, long deduplicationMillis) {
  public ProfileLayout {
    series = List.copyOf(series);
    for (int i = 1; i < series.size(); i++) {
      if (series.get(i - 1).id() >= series.get(i).id()) {
        throw new IllegalArgumentException(
            "series must ascend by ID, here is "
                + series.get(i).id()
                + " after "
                + series.get(i - 1).id());
      }
    }
  }

  /** Returns the index of the series with an ID, if there is one. */
  public OptionalInt indexOf(int id) {
    int low = 0;
    int high = series.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = series.get(middle).id();
      if (found == id) {
        return OptionalInt.of(middle);
      }
      if (found < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return OptionalInt.empty();
  }
}
