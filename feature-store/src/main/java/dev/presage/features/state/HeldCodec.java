package dev.presage.features.state;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.series.EventBuffer;
import dev.presage.features.series.SeriesState;
import java.util.Arrays;

/** The part of the layout that is about the events of a series that are held one by one. */
final class HeldCodec {
  private static final long[] UNITS = {1, 1_000, 60_000};
  private static final int UNIT_BITS = 2;
  private static final int IDENTIFIER_BITS = 32;

  private HeldCodec() {}

  /** The times of a series that were written or read before, which later ones can refer to. */
  static final class Base {
    private long[] times = new long[SeriesState.MAX_HELD + 1];
    private int size;

    void set(EventBuffer held) {
      size = held.size();
      if (times.length < size) {
        times = new long[size];
      }
      for (int i = 0; i < size; i++) {
        times[i] = held.time(i);
      }
    }

    int size() {
      return size;
    }

    long time(int index) {
      return times[index];
    }
  }

  /** Says how many events of a series are older than a base's; -1 where it is not a base for it. */
  static int olderThanBase(EventBuffer held, Base base) {
    if (base.size() == 0) {
      return -1;
    }
    int older = 0;
    while (older < held.size() && held.time(older) < base.time(0)) {
      older++;
    }
    int at = 0;
    for (int i = older; i < held.size(); i++) {
      while (at < base.size() && base.time(at) < held.time(i)) {
        at++;
      }
      if (at == base.size() || base.time(at) != held.time(i)) {
        return -1;
      }
      at++;
    }
    return older;
  }

  /** Writes which of a base's events a series has: all, or a bit for each. */
  static void writeMask(EventBuffer held, int older, Base base, BitWriter out) {
    boolean all = held.size() - older == base.size();
    out.writeBit(all);
    int at = older;
    for (int i = 0; !all && i < base.size(); i++) {
      boolean has = at < held.size() && held.time(at) == base.time(i);
      out.writeBit(has);
      at += has ? 1 : 0;
    }
  }

  /** Writes the oldest events of a series, the newest of them first. */
  static void writeTimes(
      EventBuffer held, int events, long later, LengthContext context, BitWriter out) {
    out.writeNatural(events);
    if (events == 0) {
      return;
    }
    int unit = unit(held, events);
    out.writeBits(unit, UNIT_BITS);
    long millis = UNITS[unit];
    long after = later / millis;
    context.clear();
    for (int i = events - 1; i >= 0; i--) {
      long time = held.time(i) / millis;
      out.writeNumber(after - time, context);
      after = time;
    }
  }

  static void writeValues(EventBuffer held, Kind kind, DoubleContext context, BitWriter out) {
    switch (kind) {
      case TIMES -> {}
      case NUMBERS -> {
        context.clear();
        for (int i = held.size() - 1; i >= 0; i--) {
          out.writeDouble(held.value(i), context);
        }
      }
      case IDENTIFIERS -> writeIdentifiers(held, out);
    }
  }

  private static int unit(EventBuffer held, int events) {
    int unit = UNITS.length - 1;
    for (int i = 0; i < events && unit > 0; i++) {
      while (held.time(i) % UNITS[unit] != 0) {
        unit--;
      }
    }
    return unit;
  }

  /** Writes each identifier where it first occurs, and an index into those before it elsewhere. */
  private static void writeIdentifiers(EventBuffer held, BitWriter out) {
    int[] known = new int[held.size()];
    int size = 0;
    for (int i = held.size() - 1; i >= 0; i--) {
      int identifier = (int) (long) held.value(i);
      int index = 0;
      while (index < size && known[index] != identifier) {
        index++;
      }
      out.writeBits(index, indexBits(size + 1));
      if (index == size) {
        out.writeBits(identifier, IDENTIFIER_BITS);
        known[size++] = identifier;
      }
    }
  }

  /** Reads events into the buffer of a series, which is empty yet. */
  static void read(
      EventBuffer held, Kind kind, Base base, boolean based, long newest, Contexts with) {
    BitReader in = with.in;
    boolean[] mask = with.mask;
    int based0 = 0;
    if (based) {
      boolean all = in.readBit();
      for (int i = 0; i < base.size(); i++) {
        mask[i] = all || in.readBit();
        based0 += mask[i] ? 1 : 0;
      }
    }
    int older = in.readCount("events held", SeriesState.MAX_HELD - based0, 1);
    long[] times = with.times;
    if (older > 0) {
      readTimes(times, older, based ? base.time(0) : newest, with);
    }
    int size = older;
    for (int i = 0; based && i < base.size(); i++) {
      if (mask[i]) {
        times[size++] = base.time(i);
      }
    }
    double[] values = with.values;
    readValues(values, size, kind, with);
    held.reserve(Math.min(size + 2, SeriesState.MAX_HELD + 1));
    for (int i = 0; i < size; i++) {
      held.insert(times[i], values[i]);
    }
  }

  private static void readTimes(long[] times, int events, long later, Contexts with) {
    BitReader in = with.in;
    int unit = (int) in.readBits(UNIT_BITS);
    if (unit >= UNITS.length) {
      throw in.corrupt("unknown unit " + unit);
    }
    long millis = UNITS[unit];
    long time = later / millis;
    LengthContext context = with.lengths;
    context.clear();
    for (int i = events - 1; i >= 0; i--) {
      long before = in.readNumber(context);
      if (before < 0 || before > time) {
        throw in.corrupt("a time is before 1970");
      }
      time -= before;
      times[i] = time * millis;
    }
  }

  private static void readValues(double[] values, int size, Kind kind, Contexts with) {
    BitReader in = with.in;
    switch (kind) {
      case TIMES -> Arrays.fill(values, 0, size, 0);
      case NUMBERS -> {
        DoubleContext context = with.doubles;
        context.clear();
        for (int i = size - 1; i >= 0; i--) {
          values[i] = in.readDouble(context);
        }
      }
      case IDENTIFIERS -> {
        int[] known = new int[size];
        int found = 0;
        for (int i = size - 1; i >= 0; i--) {
          int index = (int) in.readBits(indexBits(found + 1));
          if (index > found) {
            throw in.corrupt("an identifier refers to nothing");
          }
          if (index == found) {
            known[found++] = (int) in.readBits(IDENTIFIER_BITS);
          }
          values[i] = known[index];
        }
      }
    }
  }

  /** Returns the number of bits that tell so many things apart. */
  static int indexBits(int things) {
    return BitWriter.length(things - 1L);
  }

  /** What is used again and again while one profile is read. */
  static final class Contexts {
    private final BitReader in;
    private final LengthContext lengths = new LengthContext();
    private final DoubleContext doubles = new DoubleContext();
    private final boolean[] mask = new boolean[SeriesState.MAX_HELD + 1];
    private final long[] times = new long[2 * SeriesState.MAX_HELD + 2];
    private final double[] values = new double[2 * SeriesState.MAX_HELD + 2];

    Contexts(BitReader in) {
      this.in = in;
    }

    LengthContext lengths() {
      return lengths;
    }

    DoubleContext doubles() {
      return doubles;
    }
  }
}
