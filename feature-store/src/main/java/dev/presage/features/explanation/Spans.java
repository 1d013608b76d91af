package dev.presage.features.explanation;

/** Lengths of time for people, in their two largest units: {@code 5 d 3 h}. */
final class Spans {
  private static final String[] UNITS = {"d", "h", "min", "s", "ms"};
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

  private Spans() {}

  static String text(long millis) {
    for (int i = 0; i < UNITS.length - 1; i++) {
      if (millis >= MILLIS[i]) {
        String first = millis / MILLIS[i] + " " + UNITS[i];
        long rest = millis % MILLIS[i] / MILLIS[i + 1];
        return rest == 0 ? first : first + " " + rest + " " + UNITS[i + 1];
      }
    }
    return millis + " ms";
  }
}
