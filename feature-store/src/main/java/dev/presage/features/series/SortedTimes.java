package dev.presage.features.series;

/** Looks for times in arrays of ascending times. */
final class SortedTimes {
  private SortedTimes() {}

  /**
   * Returns how many of some times are at or before a time.
   *
   * <p>A search by halves without a branch: which half it is cannot be guessed, and a wrong guess
   * costs more than the step.
   *
   * @param times ascending, at least from 1970 to 2100
   * @param from index of the first of them
   * @param size how many there are
   * @param time any, apart from the outermost ends of the range of long
   */
  static int countUntil(long[] times, int from, int size, long time) {
    int low = from;
    int left = size;
    while (left > 1) {
      int half = left >>> 1;
      low += half & notAfter(times[low + half - 1], time);
      left -= half;
    }
    return left == 0 ? 0 : low - from + (1 & notAfter(times[low], time));
  }

  /**
   * Returns the same, fast where a guess is right or one off.
   *
   * @param guess any that is not negative
   */
  static int countUntil(long[] times, int from, int size, long time, int guess) {
    int at = Math.min(guess, size);
    if (at == 0 || times[from + at - 1] <= time) {
      if (at == size || times[from + at] > time) {
        return at;
      }
      if (at + 1 == size || times[from + at + 1] > time) {
        return at + 1;
      }
    } else if (at == 1 || times[from + at - 2] <= time) {
      return at - 1;
    }
    return countUntil(times, from, size, time);
  }

  /** All ones where a time is at or before another, else zero. */
  private static int notAfter(long one, long other) {
    return (int) ((one - other - 1) >> 63);
  }
}
