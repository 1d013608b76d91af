package dev.presage.features.state;

import dev.presage.features.ProfileState;
import dev.presage.features.series.SeriesState;
import java.util.List;

/**
 * The series of a profile in the order in which they are stored: those of a type together and the
 * longest first, so that the others can refer to its times.
 */
final class SeriesOrder {
  static final int UNDECLARED = -1;

  private final SeriesState[] series;
  private final int[] indices;
  private int size;

  private SeriesOrder(int capacity) {
    this.series = new SeriesState[capacity];
    this.indices = new int[capacity];
  }

  static SeriesOrder of(ProfileState state) {
    int ofLayout = state.layout().series().size();
    List<SeriesState> undeclared = state.undeclared();
    SeriesOrder order = new SeriesOrder(ofLayout + undeclared.size());
    for (int i = 0; i < ofLayout; i++) {
      SeriesState one = state.series(i);
      if (!one.isEmpty() || one.since() != SeriesState.NEVER) {
        order.insert(one, i);
      }
    }
    for (int i = 0; i < undeclared.size(); i++) {
      order.insert(undeclared.get(i), UNDECLARED);
    }
    return order;
  }

  int size() {
    return size;
  }

  SeriesState series(int index) {
    return series[index];
  }

  /** Returns the index in the layout of the series at an index here, or {@link #UNDECLARED}. */
  int layoutIndex(int index) {
    return indices[index];
  }

  /** Returns the index of the first series of a type; the number of series where there is none. */
  int firstOfType(int typeTag) {
    int index = 0;
    while (index < size && series[index].layout().typeTag() != typeTag) {
      index++;
    }
    return index;
  }

  private void insert(SeriesState one, int layoutIndex) {
    int at = size;
    while (at > 0 && isBefore(one, series[at - 1])) {
      series[at] = series[at - 1];
      indices[at] = indices[at - 1];
      at--;
    }
    series[at] = one;
    indices[at] = layoutIndex;
    size++;
  }

  private static boolean isBefore(SeriesState one, SeriesState other) {
    int ofType = Integer.compare(one.layout().typeTag(), other.layout().typeTag());
    int bySize = Integer.compare(other.held().size(), one.held().size());
    if (ofType != 0 || bySize != 0) {
      return ofType != 0 ? ofType < 0 : bySize < 0;
    }
    return one.layout().id() < other.layout().id();
  }
}
