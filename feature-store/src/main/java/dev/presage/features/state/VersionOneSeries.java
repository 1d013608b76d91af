package dev.presage.features.state;

import dev.presage.features.FeatureEngine;
import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.series.EventBuffer;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.Tiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the series of states of version 1. Their tiles had blocks whose widths are powers of two,
 * and in a block the times of the first and the last event in 64ths of it.
 */
final class VersionOneSeries {
  /** The least number of bytes of a series: ID, flags, and times of an earlier series. */
  static final int MIN_BYTES = 6;

  private static final int NUMERIC = 1;
  private static final int OLD = 2;
  private static final int SHARED_TIMES = 4;
  private static final int UNIT_SHIFT = 3;
  private static final int KNOWN_FLAGS = 31;
  private static final long[] UNITS = {1, 1_000, 60_000};
  private static final int MAX_TILES = 8_192;
  private static final int MAX_LEVEL = 42;
  private static final int TIME_BITS = 6;
  private static final long MAX_EVENTS = 1L << 53;

  private final FeatureEngine engine;
  private final ByteReader in;
  private final long newest;
  private final List<long[]> read = new ArrayList<>();

  VersionOneSeries(FeatureEngine engine, ByteReader in, long newest) {
    this.engine = engine;
    this.in = in;
    this.newest = newest;
  }

  /**
   * Reads a series whose ID has been read.
   *
   * @param declared where it goes, empty yet; null where it is not declared any more, then it is
   *     checked and dropped
   */
  void read(int id, @Nullable SeriesState declared) {
    int flags = in.readByte();
    boolean numeric = (flags & NUMERIC) != 0;
    int unit = flags >> UNIT_SHIFT;
    if ((flags & ~KNOWN_FLAGS) != 0 || unit >= UNITS.length) {
      throw in.corrupt("unknown flags " + flags + " of series " + id);
    }
    SeriesState series =
        declared == null
            ? new SeriesState(engine.undeclared(id, 0, numeric ? Kind.NUMBERS : Kind.TIMES))
            : declared;
    if (series.layout().kind() != (numeric ? Kind.NUMBERS : Kind.TIMES)) {
      throw in.corrupt(
          "series "
              + id
              + (numeric ? " has values" : " has no values")
              + ", unlike its declaration");
    }
    long[] times = (flags & SHARED_TIMES) != 0 ? sharedTimes() : times(UNITS[unit]);
    read.add(times);
    double[] values = new double[times.length];
    for (int i = times.length - 1; numeric && i >= 0; i--) {
      values[i] = in.readNumber();
    }
    EventBuffer held = series.held();
    for (int i = 0; i < times.length; i++) {
      held.insert(times[i], values[i]);
    }
    if ((flags & OLD) != 0) {
      readOld(series, numeric);
    } else {
      series.begin(held.time(0), held.value(0));
    }
  }

  private long[] sharedTimes() {
    long index = in.readVarint();
    if (index < 0 || index >= read.size()) {
      throw in.corrupt("there is no earlier series " + index);
    }
    return read.get((int) index);
  }

  private long[] times(long unit) {
    int size = in.readCount("events held", SeriesState.MAX_HELD, 1);
    if (size == 0) {
      throw in.corrupt("a series has no event");
    }
    long[] times = new long[size];
    long time = newest / unit;
    for (int i = size - 1; i >= 0; i--) {
      time -= distance(time);
      times[i] = time * unit;
    }
    return times;
  }

  private void readOld(SeriesState series, boolean numeric) {
    long first = newest - distance(newest);
    if (first > series.held().time(0)) {
      throw in.corrupt("the first event is not the first");
    }
    series.begin(first, numeric ? in.readNumber() : 0);
    long beyond = in.readVarint();
    if (beyond != 0) {
      checkEvents(beyond);
      series.ownBeyond().restore(beyond, newest - distance(newest));
      if (numeric) {
        series
            .ownBeyond()
            .restoreValues(
                in.readNumber(),
                in.readNumber(),
                in.readNumber(),
                in.readNumber(),
                in.readNumber(),
                in.readNumber());
      }
    }
    readTiles(series, numeric);
    long reached = Math.max(beyond == 0 ? SeriesState.NEVER : series.beyond().lastTime(), first);
    Tiles tiles = series.tiles();
    if (tiles.size() > 0) {
      reached = tiles.end(tiles.size() - 1) - 1;
    }
    series.foldedUntil(Math.min(reached, series.held().time(0)));
    for (int i = 0; i < series.layout().decayed().size(); i++) {
      series.estimateFoldedDecayed(i);
    }
  }

  private void readTiles(SeriesState series, boolean numeric) {
    int size = in.readCount("tiles", MAX_TILES, 2);
    Tiles tiles = series.ownTiles();
    Block later = new Block(newest, newest, 0, newest);
    long before = series.held().time(0) + 1;
    for (int i = 0; i < size; i++) {
      later = readBlock(later, before);
      before = later.first();
      long events = in.readVarint();
      checkEvents(events);
      if (events == 1 && later.level() > 0) {
        throw in.corrupt("a tile of one event has level " + later.level());
      }
      tiles.appendTile(later.first(), later.end(), events);
      if (numeric) {
        readValues(tiles, events);
      }
    }
    tiles.reverse();
  }

  /**
   * @param first time of the first event, rounded down to a tick
   * @param last time of the last event, rounded down to a tick
   * @param end where the tick of the last event ends
   */
  private record Block(long first, long last, int level, long end) {}

  private Block readBlock(Block later, long before) {
    long blocks = in.readVarint();
    int level = (blocks & 1) == 0 ? later.level() : in.readByte();
    if (level > MAX_LEVEL) {
      throw in.corrupt("a tile has level " + level);
    }
    long block = (later.first() >> level) - (blocks >>> 1);
    if (block < 0) {
      throw in.corrupt("a tile is before 1970");
    }
    int tickLevel = Math.max(0, level - TIME_BITS);
    long ticksInBlock = 1L << (level - tickLevel);
    long first = block << level;
    long last = first;
    if (level > 0) {
      long ticks = in.readVarint();
      first += (ticks & ((1 << TIME_BITS) - 1)) << tickLevel;
      last += (ticksInBlock - 1 - (ticks >>> TIME_BITS)) << tickLevel;
    }
    if (first > last
        || last >= before
        || Long.SIZE - Long.numberOfLeadingZeros(first ^ last) != level) {
      throw in.corrupt("a tile from " + first + " to " + last + " of level " + level);
    }
    return new Block(first, last, level, Math.min(last + (1L << tickLevel), before));
  }

  private void readValues(Tiles tiles, long events) {
    double sum = in.readNumber();
    if (events == 1) {
      tiles.giveValues(sum, 0, sum, sum, sum, sum);
    } else {
      tiles.giveValues(
          sum,
          (float) in.readNumber(),
          in.readNumber(),
          in.readNumber(),
          in.readNumber(),
          in.readNumber());
    }
  }

  /** Reads how far something lies before another thing, which is at most all the way to 1970. */
  private long distance(long from) {
    long distance = in.readVarint();
    if (distance < 0 || distance > from) {
      throw in.corrupt("a time is before 1970");
    }
    return distance;
  }

  private void checkEvents(long events) {
    if (events < 1 || events > MAX_EVENTS) {
      throw in.corrupt("it cannot have " + Long.toUnsignedString(events) + " events in one place");
    }
  }
}
