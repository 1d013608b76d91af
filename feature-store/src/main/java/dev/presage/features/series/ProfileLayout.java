package dev.presage.features.series;

import java.util.List;

/**
 * What the state of a profile needs to know of the declarations.
 *
 * @param series the series, by ascending ID
 * @param deduplicationMillis how long event IDs are remembered
 * @param undeclared how many series that nobody declared are tracked of a profile; 0 where only
 *     declared ones are
 */
public record ProfileLayout(List<SeriesLayout> series, long deduplicationMillis, int undeclared) {
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

  /** Returns the index of the series with an ID, -1 where there is none. */
  public int indexOf(int id) {
    int low = 0;
    int high = series.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = series.get(middle).id();
      if (found == id) {
        return middle;
      }
      if (found < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
