package dev.presage.features;

import dev.presage.features.series.SeriesLayout;
import java.util.Arrays;

/** What is tracked of one event: reused from event to event, so that none costs garbage. */
final class Observation {
  private static final int INITIAL_CAPACITY = 8;

  long time;
  boolean hasId;
  long idHash;
  int typeTag;
  private int size;
  private SeriesLayout[] series = new SeriesLayout[INITIAL_CAPACITY];
  private double[] values = new double[INITIAL_CAPACITY];
  private boolean[] declared = new boolean[INITIAL_CAPACITY];

  /** Begins with an event that no series counts. */
  void begin(long newTime, int newTypeTag) {
    time = newTime;
    typeTag = newTypeTag;
    hasId = false;
    idHash = 0;
    size = 0;
  }

  /** Returns the number of series that count the event. */
  int size() {
    return size;
  }

  SeriesLayout series(int index) {
    return series[index];
  }

  /** Returns what a series tracks of the event: a number, an identifier's hash, or 0. */
  double value(int index) {
    return values[index];
  }

  boolean isDeclared(int index) {
    return declared[index];
  }

  void add(SeriesLayout counting, double value, boolean isDeclared) {
    if (size == series.length) {
      series = Arrays.copyOf(series, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      declared = Arrays.copyOf(declared, 2 * size);
    }
    series[size] = counting;
    values[size] = value;
    declared[size] = isDeclared;
    size++;
  }

  /** Takes out the series at an index; the order of the others stays. */
  void remove(int index) {
    System.arraycopy(series, index + 1, series, index, size - index - 1);
    System.arraycopy(values, index + 1, values, index, size - index - 1);
    System.arraycopy(declared, index + 1, declared, index, size - index - 1);
    size--;
  }
}
