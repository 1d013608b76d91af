package dev.presage.features.state;

import dev.presage.features.series.EventBuffer;
import java.util.Arrays;

/**
 * Where the events of each series of a profile were written to. They are marked only when all is
 * written: until then they may have to be copied from where they stood before.
 */
final class WrittenEvents {
  private static final int NUMBERS = 3;

  private EventBuffer[] held = new EventBuffer[16];
  private EventBuffer[] by = new EventBuffer[16];
  private int[] numbers = new int[NUMBERS * 16];
  private int size;

  void add(EventBuffer written, EventBuffer writtenBy, int unit, int from, int to) {
    if (size == held.length) {
      held = Arrays.copyOf(held, 2 * size);
      by = Arrays.copyOf(by, 2 * size);
      numbers = Arrays.copyOf(numbers, NUMBERS * 2 * size);
    }
    held[size] = written;
    by[size] = writtenBy;
    numbers[NUMBERS * size] = unit;
    numbers[NUMBERS * size + 1] = from;
    numbers[NUMBERS * size + 2] = to;
    size++;
  }

  void markStored(byte[] in) {
    for (int i = 0; i < size; i++) {
      int at = NUMBERS * i;
      held[i].markStored(in, by[i], numbers[at], numbers[at + 1], numbers[at + 2]);
    }
  }

  /** Lets go of the profile. */
  void clear() {
    Arrays.fill(held, 0, size, EventBuffer.NONE);
    Arrays.fill(by, 0, size, EventBuffer.NONE);
    size = 0;
  }
}
