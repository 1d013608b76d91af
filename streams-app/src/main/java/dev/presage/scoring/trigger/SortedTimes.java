package dev.presage.scoring.trigger;

import java.util.Arrays;

/**
 * Event times in order, with repetitions. Quick where most are added at the end. Not thread-safe.
 */
final class SortedTimes {
  private long[] times = new long[16];
  private int first;
  private int end;

  int size() {
    return end - first;
  }

  long get(int index) {
    return times[first + index];
  }

  /** How many are at this time or before. */
  int countUpTo(long timeMillis) {
    int low = first;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= timeMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - first;
  }

  void add(long timeMillis) {
    if (end == times.length) {
      makeRoom();
    }
    int place = first + countUpTo(timeMillis);
    System.arraycopy(times, place, times, place + 1, end - place);
    times[place] = timeMillis;
    end++;
  }

  /**
   * @throws IllegalArgumentException where it is not there
   */
  void remove(long timeMillis) {
    int place = first + countUpTo(timeMillis) - 1;
    if (place < first || times[place] != timeMillis) {
      throw new IllegalArgumentException("There is no time " + timeMillis + " to remove");
    }
    System.arraycopy(times, place + 1, times, place, end - place - 1);
    end--;
  }

  void removeFirst(int count) {
    first += count;
  }

  private void makeRoom() {
    int size = size();
    long[] roomy = size > times.length / 2 ? new long[2 * times.length] : times;
    System.arraycopy(times, first, roomy, 0, size);
    times = roomy;
    first = 0;
    end = size;
  }

  @Override
  public String toString() {
    return Arrays.toString(Arrays.copyOfRange(times, first, end));
  }
}
