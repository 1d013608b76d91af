package dev.presage.features.state;

import dev.presage.features.series.EventBuffer;
import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.TileLadder;
import dev.presage.features.series.Tiles;
import dev.presage.features.series.Totals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the layout that is about one series; {@link ProfileCodec} draws it. */
final class SeriesCodec {
  /** The least number of bytes of a series: ID, flags, and times of an earlier series. */
  static final int MIN_BYTES = 6;

  private static final int NUMERIC = 1;
  private static final int OLD = 2;
  private static final int SHARED_TIMES = 4;
  private static final int UNIT_SHIFT = 3;
  private static final int KNOWN_FLAGS = 31;
  private static final long[] UNITS = {1, 1_000, 60_000};
  private static final int MAX_TILES = 8_192;
  private static final long MAX_EVENTS = 1L << 53;

  private SeriesCodec() {}

  /** Returns in which tick of its block a time is; of -1, the last tick of a block. */
  private static long tick(long time, int level) {
    return (time & ((1L << level) - 1)) >> TileLadder.tickLevel(level);
  }

  /** Writes the series of one profile, one after the other. */
  static final class Encoder {
    private final ByteWriter out;
    private final long newest;
    private final List<EventBuffer> written = new ArrayList<>();

    Encoder(ByteWriter out, long newest) {
      this.out = out;
      this.newest = newest;
    }

    void write(SeriesState series) {
      EventBuffer held = series.held();
      boolean numeric = series.layout().numeric();
      boolean old = series.tiles().size() > 0 || series.beyond().count() > 0;
      int twin = withSameTimes(held);
      int unit = twin >= 0 ? 0 : unit(held);
      out.writeInt(series.layout().id());
      out.writeByte(
          (numeric ? NUMERIC : 0)
              | (old ? OLD : 0)
              | (twin >= 0 ? SHARED_TIMES : 0)
              | unit << UNIT_SHIFT);
      if (twin >= 0) {
        out.writeVarint(twin);
      } else {
        writeTimes(held, UNITS[unit]);
      }
      written.add(held);
      for (int i = held.size() - 1; numeric && i >= 0; i--) {
        out.writeNumber(held.value(i));
      }
      if (old) {
        writeOld(series, numeric);
      }
    }

    private int withSameTimes(EventBuffer held) {
      for (int i = 0; i < written.size(); i++) {
        if (haveSameTimes(written.get(i), held)) {
          return i;
        }
      }
      return -1;
    }

    private static boolean haveSameTimes(EventBuffer one, EventBuffer other) {
      if (one.size() != other.size()) {
        return false;
      }
      for (int i = one.size() - 1; i >= 0; i--) {
        if (one.time(i) != other.time(i)) {
          return false;
        }
      }
      return true;
    }

    private static int unit(EventBuffer held) {
      int unit = UNITS.length - 1;
      for (int i = 0; i < held.size(); i++) {
        while (held.time(i) % UNITS[unit] != 0) {
          unit--;
        }
      }
      return unit;
    }

    private void writeTimes(EventBuffer held, long unit) {
      out.writeVarint(held.size());
      long later = newest / unit;
      for (int i = held.size() - 1; i >= 0; i--) {
        long time = held.time(i) / unit;
        out.writeVarint(later - time);
        later = time;
      }
    }

    private void writeOld(SeriesState series, boolean numeric) {
      out.writeVarint(newest - series.firstTime());
      if (numeric) {
        out.writeNumber(series.firstValue());
      }
      Totals beyond = series.beyond();
      out.writeVarint(beyond.count());
      if (beyond.count() > 0) {
        out.writeVarint(newest - beyond.lastTime());
      }
      if (numeric && beyond.count() > 0) {
        out.writeNumber(beyond.sum());
        out.writeNumber(beyond.low());
        out.writeNumber(beyond.squares());
        out.writeNumber(beyond.least());
        out.writeNumber(beyond.greatest());
        out.writeNumber(beyond.lastValue());
      }
      Tiles tiles = series.tiles();
      out.writeVarint(tiles.size());
      long later = newest;
      int laterLevel = 0;
      for (int i = tiles.size() - 1; i >= 0; i--) {
        writeTile(tiles, i, later, laterLevel, numeric);
        later = tiles.first(i);
        laterLevel = TileLadder.level(later, tiles.last(i));
      }
    }

    private void writeTile(Tiles tiles, int tile, long later, int laterLevel, boolean numeric) {
      long first = tiles.first(tile);
      int level = TileLadder.level(first, tiles.last(tile));
      long blocks = (later >> level) - (first >> level);
      out.writeVarint(blocks << 1 | (level == laterLevel ? 0 : 1));
      if (level != laterLevel) {
        out.writeByte(level);
      }
      if (level > 0) {
        long ofFirst = tick(first, level);
        long fromEnd = tick(-1, level) - tick(tiles.last(tile), level);
        out.writeVarint(fromEnd << TileLadder.TIME_BITS | ofFirst);
      }
      out.writeVarint(tiles.count(tile));
      if (numeric) {
        out.writeNumber(tiles.sum(tile));
        if (tiles.count(tile) > 1) {
          out.writeNumber(tiles.squares(tile));
          out.writeNumber(tiles.least(tile));
          out.writeNumber(tiles.greatest(tile));
          out.writeNumber(tiles.firstValue(tile));
          out.writeNumber(tiles.lastValue(tile));
        }
      }
    }
  }

  /** Reads the series of one profile, one after the other. */
  static final class Decoder {
    private final ByteReader in;
    private final long newest;
    private final List<long[]> read = new ArrayList<>();

    Decoder(ByteReader in, long newest) {
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
          declared == null ? new SeriesState(new SeriesLayout(id, numeric, 0, 1)) : declared;
      if (series.layout().numeric() != numeric) {
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
        series.beyond().restore(beyond, newest - distance(newest));
        if (numeric) {
          series
              .beyond()
              .restoreValues(
                  in.readNumber(),
                  in.readNumber(),
                  in.readNumber(),
                  in.readNumber(),
                  in.readNumber(),
                  in.readNumber());
        }
      }
      int size = in.readCount("tiles", MAX_TILES, 2);
      Tiles tiles = series.tiles();
      long later = newest;
      long before = series.held().time(0) + 1;
      int laterLevel = 0;
      for (int i = 0; i < size; i++) {
        readTile(tiles, later, laterLevel, before, numeric);
        later = tiles.first(i);
        laterLevel = TileLadder.level(later, tiles.last(i));
        before = later;
      }
      tiles.reverse();
    }

    private void readTile(Tiles tiles, long later, int laterLevel, long before, boolean numeric) {
      long blocks = in.readVarint();
      int level = (blocks & 1) == 0 ? laterLevel : in.readByte();
      if (level > TileLadder.MAX_LEVEL) {
        throw in.corrupt("a tile has level " + level);
      }
      long block = (later >> level) - (blocks >>> 1);
      if (block < 0) {
        throw in.corrupt("a tile is before 1970");
      }
      long first = block << level;
      long last = first;
      if (level > 0) {
        long ticks = in.readVarint();
        int tickLevel = TileLadder.tickLevel(level);
        first += (ticks & ((1 << TileLadder.TIME_BITS) - 1)) << tickLevel;
        last += (tick(-1, level) - (ticks >>> TileLadder.TIME_BITS)) << tickLevel;
      }
      if (first > last || last >= before || TileLadder.level(first, last) != level) {
        throw in.corrupt("a tile from " + first + " to " + last + " of level " + level);
      }
      long events = in.readVarint();
      checkEvents(events);
      if (events == 1 && level > 0) {
        throw in.corrupt("a tile of one event has level " + level);
      }
      tiles.appendTile(first, last, events);
      if (numeric) {
        readValues(tiles, events);
      }
    }

    private void readValues(Tiles tiles, long events) {
      double sum = in.readNumber();
      if (events == 1) {
        tiles.giveValues(sum, 0, sum, sum, sum, sum);
      } else {
        tiles.giveValues(
            sum,
            in.readNumber(),
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
        throw in.corrupt(
            "it cannot have " + Long.toUnsignedString(events) + " events in one place");
      }
    }
  }
}
