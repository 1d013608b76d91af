package dev.presage.features.state;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.series.EventBuffer;
import dev.presage.features.series.SeriesState;

/** The part of the layout that is about the events of a series that are held one by one. */
final class HeldCodec {
  private static final long[] UNITS = {1, 1_000, 60_000};
  private static final int UNIT_BITS = 2;

  /** Length of the milliseconds of three days, which is what first numbers are guessed by. */
  static final int TIME_LENGTH = 28;

  private static final int IDENTIFIER_BITS = 32;
  private static final int MASK_BITS = 32;
  private static final double[] NO_VALUES = {};

  private HeldCodec() {}

  /** Says how many events of a series are older than a base's; -1 where it is not a base for it. */
  static int olderThanBase(EventBuffer held, EventBuffer base) {
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
  static void writeMask(EventBuffer held, int older, EventBuffer base, BitWriter out) {
    boolean all = held.size() - older == base.size();
    out.writeBit(all);
    if (all) {
      return;
    }
    int at = older;
    long mask = 0;
    for (int i = 0; i < base.size(); i++) {
      if (at < held.size() && held.time(at) == base.time(i)) {
        mask |= 1L << (i % MASK_BITS);
        at++;
      }
      if (i % MASK_BITS == MASK_BITS - 1 || i == base.size() - 1) {
        out.writeBits(mask, i % MASK_BITS + 1);
        mask = 0;
      }
    }
  }

  /**
   * Writes the oldest events of a series, the newest of them first. The first of them alone depends
   * on what is later.
   *
   * @param unit of {@link #unit}
   */
  static void writeFirstTime(EventBuffer held, int events, int unit, long later, BitWriter out) {
    out.writeNatural(events);
    if (events == 0) {
      return;
    }
    out.writeBits(unit, UNIT_BITS);
    long millis = UNITS[unit];
    long before = later / millis - held.time(events - 1) / millis;
    out.writeBit(before == 0);
    if (before != 0) {
      out.writeNumber(before, new LengthContext(TIME_LENGTH));
    }
  }

  /** Writes the events before that. */
  static void writeOtherTimes(
      EventBuffer held, int events, int unit, LengthContext context, BitWriter out) {
    context.clear();
    long millis = UNITS[unit];
    for (int i = events - 2; i >= 0; i--) {
      long distance = held.time(i + 1) - held.time(i);
      // A division takes longer than all the rest of this.
      out.writeNumber(millis == 1 ? distance : distance / millis, context);
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

  /** Returns the number of the longest unit of which all times are multiples. */
  static int unit(EventBuffer held, int events) {
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

  /**
   * Reads events into the buffer of a series, which is empty yet.
   *
   * @param base the events that these were written by; of no meaning unless they were
   */
  static void read(
      EventBuffer held, Kind kind, boolean based, EventBuffer base, long newest, Contexts with) {
    BitReader in = with.in;
    int start = in.position();
    int fromBase = 0;
    boolean all = based && in.readBit();
    if (based) {
      fromBase = all ? base.size() : readMask(base.size(), with);
    }
    int older = in.readCount("events held", SeriesState.MAX_HELD - fromBase, 1);
    with.unit = 0;
    with.rest = in.position();
    int size = older + fromBase;
    int room = Math.min(size + SeriesState.SPARE, SeriesState.MAX_HELD + 1);
    double[] values = kind == Kind.TIMES ? NO_VALUES : new double[room];
    if (all && older == 0) {
      readValues(values, size, kind, with);
      held.loadWithTimesOf(base, values);
    } else {
      long[] times = new long[room];
      if (older > 0) {
        readTimes(times, older, based ? base.time(0) : newest, with);
      }
      if (based) {
        copyFromBase(base, all, times, older, with);
      }
      readValues(values, size, kind, with);
      held.load(times, values, size);
    }
    if (kind != Kind.TIMES) {
      checkOrder(held, in);
    }
    held.markStored(
        in.bytes(),
        based ? base : EventBuffer.NONE,
        with.unit,
        based ? start : with.rest,
        in.position());
  }

  private static int readMask(int size, Contexts with) {
    int ones = 0;
    for (int i = 0; i < size; i += MASK_BITS) {
      long word = with.in.readBits(Math.min(MASK_BITS, size - i));
      with.mask[i / MASK_BITS] = word;
      ones += Long.bitCount(word);
    }
    return ones;
  }

  private static void copyFromBase(
      EventBuffer base, boolean all, long[] times, int older, Contexts with) {
    int at = older;
    for (int i = 0; i < base.size(); i++) {
      if (all || (with.mask[i / MASK_BITS] >> (i % MASK_BITS) & 1) != 0) {
        times[at++] = base.time(i);
      }
    }
  }

  /** Values of one millisecond ascend, or two states of the same events would differ. */
  private static void checkOrder(EventBuffer held, BitReader in) {
    for (int i = 1; i < held.size(); i++) {
      if (held.time(i) == held.time(i - 1) && held.value(i) < held.value(i - 1)) {
        throw in.corrupt("values of one millisecond are not ordered");
      }
    }
  }

  private static void readTimes(long[] times, int events, long later, Contexts with) {
    BitReader in = with.in;
    int unit = (int) in.readBits(UNIT_BITS);
    if (unit >= UNITS.length) {
      throw in.corrupt("unknown unit " + unit);
    }
    with.unit = unit;
    long millis = UNITS[unit];
    long time = later / millis;
    LengthContext context = with.lengths;
    if (!in.readBit()) {
      context.clear();
      time = before(time, in.readNumber(context), in);
    }
    with.rest = in.position();
    times[events - 1] = time * millis;
    context.clear();
    in.readNumbers(times, events - 1, context);
    for (int i = events - 2; i >= 0; i--) {
      time = before(time, times[i], in);
      times[i] = time * millis;
    }
  }

  private static long before(long time, long distance, BitReader in) {
    if (distance < 0 || distance > time) {
      throw in.corrupt("a time is before 1970");
    }
    return time - distance;
  }

  private static void readValues(double[] values, int size, Kind kind, Contexts with) {
    BitReader in = with.in;
    switch (kind) {
      case TIMES -> {}
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

  /** What is used again and again, for one profile after the other. */
  static final class Contexts {
    private BitReader in = BitReader.NOTHING;
    private final LengthContext lengths = new LengthContext(TIME_LENGTH);
    private final DoubleContext doubles = new DoubleContext();
    private int unit;
    private int rest;
    private final long[] mask = new long[SeriesState.MAX_HELD / MASK_BITS + 1];

    Contexts from(BitReader newIn) {
      in = newIn;
      return this;
    }

    LengthContext lengths() {
      return lengths;
    }

    DoubleContext doubles() {
      return doubles;
    }
  }
}
