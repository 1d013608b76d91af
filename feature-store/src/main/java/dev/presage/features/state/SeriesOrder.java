package dev.presage.features.state;

import dev.presage.features.ProfileState;
import dev.presage.features.series.SeriesState;
import java.util.List;

/**
 * The series of a profile in the order in which they are stored: those of a type together and the
 * longest first, so that the others can refer to its times.
 */
final class SeriesOrder {
  private final SeriesState[] series;
  private final boolean[] declared;
  private int size;

  private SeriesOrder(int capacity) {
    this.series = new SeriesState[capacity];
    this.declared = new boolean[capacity];
  }

  static SeriesOrder of(ProfileState state) {
    int ofLayout = state.layout().series().size();
    List<SeriesState> undeclared = state.undeclared();
    SeriesOrder order = new SeriesOrder(ofLayout + undeclared.size());
    for (int i = 0; i < ofLayout; i++) {
      SeriesState one = state.series(i);
      if (!one.isEmpty() || one.since() != SeriesState.NEVER) {
        order.insert(one, true);
      }
    }
    for (int i = 0; i < undeclared.size(); i++) {
      order.insert(undeclared.get(i), false);
    }
    return order;
  }

  int size() {
    return size;
  }

  SeriesState series(int index) {
    return series[index];
  }

  boolean isDeclared(int index) {
    return declared[index];
  }

  /** Returns the index of the first series of a type; the number of series where there is none. */
  int firstOfType(int typeTag) {
    int index = 0;
    while (index < size && series[index].layout().typeTag() != typeTag) {
      index++;
    }
    return index;
  }

  private void insert(SeriesState one, boolean isDeclared) {
    int at = size;
    while (at > 0 && isBefore(one, series[at - 1])) {
      series[at] = series[at - 1];
      declared[at] = declared[at - 1];
      at--;
    }
    series[at] = one;
    declared[at] = isDeclared;
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
