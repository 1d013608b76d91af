package dev.presage.retrain.rows;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The order of rows: by as-of time, and at one time by key, so that it does not depend on how the
 * history was read. Times are sorted as numbers that carry the places of their rows, which takes a
 * tenth of the time that comparing rows does.
 */
final class RowOrder {
  private static final int PLACE_BITS = 21;
  private static final int MOST_PLACES = 1 << PLACE_BITS;
  private static final long LATEST = Long.MAX_VALUE >> PLACE_BITS;
  private static final Comparator<LabelledRow> BY_KEY = Comparator.comparingLong(it -> it.key);
  private static final Comparator<LabelledRow> BY_TIME_THEN_KEY =
      Comparator.<LabelledRow>comparingLong(it -> it.asOf).thenComparing(BY_KEY);

  private RowOrder() {}

  static LabelledRow[] sorted(List<LabelledRow> rows) {
    LabelledRow[] given = rows.toArray(LabelledRow[]::new);
    if (!isPackable(given)) {
      Arrays.sort(given, BY_TIME_THEN_KEY);
      return given;
    }
    long[] places = new long[given.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = given[i].asOf << PLACE_BITS | i;
    }
    Arrays.sort(places);
    LabelledRow[] sorted = new LabelledRow[given.length];
    for (int i = 0; i < places.length; i++) {
      sorted[i] = given[(int) (places[i] & (MOST_PLACES - 1))];
    }
    sortEqualTimes(sorted);
    return sorted;
  }

  private static boolean isPackable(LabelledRow[] rows) {
    if (rows.length > MOST_PLACES) {
      return false;
    }
    for (LabelledRow row : rows) {
      if (row.asOf < 0 || row.asOf > LATEST) {
        return false;
      }
    }
    return true;
  }

  private static void sortEqualTimes(LabelledRow[] rows) {
    for (int from = 0; from < rows.length; ) {
      int to = from + 1;
      while (to < rows.length && rows[to].asOf == rows[from].asOf) {
        to++;
      }
      if (to - from > 1) {
        Arrays.sort(rows, from, to, BY_KEY);
      }
      from = to;
    }
  }
}
