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
  /** So many bits of an ID are stored, where they are enough to tell it from others. */
  public static final int START_BITS = 24;

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
    return indexOf(id, 0);
  }

  /** Returns the index of the series whose ID begins with 24 bits, -1 where there is none. */
  public int indexOfStart(int start) {
    return indexOf(start, Integer.SIZE - START_BITS);
  }

  /** Returns the first 24 bits of an ID. */
  public static int start(int id) {
    return id >> (Integer.SIZE - START_BITS);
  }

  /** Says whether no other series has an ID with the same first 24 bits. */
  public boolean hasOwnStart(int index) {
    int start = start(series.get(index).id());
    return (index == 0 || start(series.get(index - 1).id()) != start)
        && (index == series.size() - 1 || start(series.get(index + 1).id()) != start);
  }

  private int indexOf(int wanted, int withoutBits) {
    int low = 0;
    int high = series.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = series.get(middle).id() >> withoutBits;
      if (found == wanted) {
        return middle;
      }
      if (found < wanted) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
