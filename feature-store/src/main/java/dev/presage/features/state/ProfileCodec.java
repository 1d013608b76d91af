package dev.presage.features.state;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.series.RecentIds;
import java.util.OptionalInt;

/**
 * Turns the state of a profile into bytes and back, without loss: a decoded state goes on exactly
 * as the encoded one would have. Immutable and thread-safe.
 *
 * <pre>{@code
 * profile, version 1
 * +---------+-------+------------+-------------+---------+---------------+------------+
 * | version | flags | newest + 1 | IDs: number | IDs ... | series: number| series ... |
 * | 1 byte  | 1 byte| varint     | varint      |         | varint        |            |
 * +---------+-------+------------+-------------+---------+---------------+------------+
 *   flags: 1 = event IDs were lost to the cap
 *   newest: newest event time, milliseconds since 1970; 0 in the place of newest + 1: no event yet
 *
 * ID, the newest first
 * +------------------------------------------------+---------+
 * | minutes before the one before (or the newest)  | hash    |
 * | varint                                         | 8 bytes |
 * +------------------------------------------------+---------+
 *
 * series, by ascending ID, those without events left out
 * +----------+--------+-----------+----------+-------------------------+
 * | series ID| flags  | times     | values   | old: first, beyond,     |
 * | 4 bytes  | 1 byte | see below | numbers  | tiles; if anything is   |
 * +----------+--------+-----------+----------+-------------------------+
 *   flags: 1 = has values; 2 = has old events; 4 = times as in an earlier series;
 *          8 and 16 = unit of the times: 0 = millisecond, 1 = second, 2 = minute
 *   times: index of the earlier series, varint; or number of events, varint, then of each, the
 *          newest first, units before the one after it (or the profile's newest), varint
 *   values: of each event, the newest first; see NumberForm
 *
 * old
 * +-----------------+------------+----------------+----------------------------+--------+-------+
 * | first: ms before| its value, | beyond: events | if there are: last, ms     | tiles: | tiles |
 * | newest, varint  | if numeric | varint         | before newest, varint;     | number | ...   |
 * |                 |            |                | 6 numbers, if numeric      | varint |       |
 * +-----------------+------------+----------------+----------------------------+--------+-------+
 *   beyond: sum and the rest of it, squared deviations, least, greatest, last
 *
 * tile, the newest first; its block is the one of TileLadder
 * +-----------------------+-------------+---------------------------+--------+------------------+
 * | blocks before the tile| level, if it| if level > 0: tick of     | events | if numeric: 6    |
 * | after it, or before   | is another, | first | ticks from last to| varint | numbers, or 1 if |
 * | newest, << 1, varint  | 1 byte      | the end << 6, varint      |        | it has one event |
 * +-----------------------+-------------+---------------------------+--------+------------------+
 *   blocks: of this level; the lowest bit says that the level is not the one of the tile after it,
 *           or not 0
 *   numbers: sum, squared deviations, least, greatest, first, last
 * }</pre>
 *
 * <p>A varint has 7 bits a byte, the lowest first. A state that was written when other series were
 * declared is read by the IDs of the series: one that is no longer declared is dropped, one that is
 * new begins empty.
 */
public final class ProfileCodec {
  static final int VERSION = 1;

  private static final int CAPPED = 1;
  private static final long MILLIS_IN_MINUTE = 60_000;
  private static final long END_OF_TIME = 4_102_444_800_000L;
  private static final int MAX_SERIES = 10_000;

  private final FeatureEngine engine;

  /** Makes a codec for the states of an engine. */
  public ProfileCodec(FeatureEngine engine) {
    this.engine = engine;
  }

  /** Returns the bytes of a state; equal bytes for equal states. */
  public byte[] encode(ProfileState state) {
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    out.writeByte(state.isCapped() ? CAPPED : 0);
    out.writeVarint(state.newestEventMillis() + 1);
    writeIds(state, out);
    int size = state.layout().series().size();
    int filled = 0;
    for (int i = 0; i < size; i++) {
      filled += state.series(i).isEmpty() ? 0 : 1;
    }
    out.writeVarint(filled);
    SeriesCodec.Encoder encoder = new SeriesCodec.Encoder(out, state.newestEventMillis());
    for (int i = 0; i < size; i++) {
      if (!state.series(i).isEmpty()) {
        encoder.write(state.series(i));
      }
    }
    return out.toBytes();
  }

  /**
   * Returns the state that bytes stand for.
   *
   * @throws CorruptStateException where they stand for none
   */
  public ProfileState decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw in.corrupt(
          "its version is " + version + ", this release reads versions up to " + VERSION);
    }
    int flags = in.readByte();
    if ((flags & ~CAPPED) != 0) {
      throw in.corrupt("unknown flags " + flags);
    }
    long newest = in.readVarint() - 1;
    if (newest < -1 || newest >= END_OF_TIME) {
      throw in.corrupt("its newest event time is " + newest);
    }
    ProfileState state = engine.newState();
    state.advanceTo(newest);
    readIds(state, in);
    if ((flags & CAPPED) != 0) {
      state.recentIds().markCapped();
    }
    readSeries(state, in);
    if (!in.isAtEnd()) {
      throw in.corrupt("bytes are left over");
    }
    return state;
  }

  private static void writeIds(ProfileState state, ByteWriter out) {
    RecentIds ids = state.recentIds();
    out.writeVarint(ids.size());
    long later = state.newestEventMillis() / MILLIS_IN_MINUTE;
    for (int i = ids.size() - 1; i >= 0; i--) {
      out.writeVarint(later - ids.minute(i));
      out.writeLong(ids.hash(i));
      later = ids.minute(i);
    }
  }

  private static void readIds(ProfileState state, ByteReader in) {
    int size = in.readCount("event IDs", RecentIds.MAX, 1 + Long.BYTES);
    int[] minutes = new int[size];
    long[] hashes = new long[size];
    long minute = state.newestEventMillis() / MILLIS_IN_MINUTE;
    for (int i = size - 1; i >= 0; i--) {
      long before = in.readVarint();
      if (before < 0 || before > minute) {
        throw in.corrupt("an event ID came before 1970");
      }
      minute -= before;
      minutes[i] = (int) minute;
      hashes[i] = in.readLong();
    }
    for (int i = 0; i < size; i++) {
      state.recentIds().append(hashes[i], minutes[i]);
    }
  }

  private static void readSeries(ProfileState state, ByteReader in) {
    int size = in.readCount("series", MAX_SERIES, SeriesCodec.MIN_BYTES);
    if (size > 0 && state.isEmpty()) {
      throw in.corrupt("it has series, but no newest event time");
    }
    SeriesCodec.Decoder decoder = new SeriesCodec.Decoder(in, state.newestEventMillis());
    long earlier = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      int id = in.readInt();
      if (id <= earlier) {
        throw in.corrupt("series are not ordered by ID");
      }
      earlier = id;
      OptionalInt index = state.layout().indexOf(id);
      decoder.read(id, index.isPresent() ? state.series(index.getAsInt()) : null);
    }
  }
}
