package dev.presage.features.state;

import dev.presage.features.AppliedLog;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.series.RecentIds;
import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.SeriesState;
import java.util.List;

/**
 * Turns the state of a profile into bytes and back, without loss: a decoded state goes on exactly
 * as the encoded one would have. Immutable and thread-safe.
 *
 * <p>After the version, which is a byte, it is a string of bits, the lowest of each byte first.
 *
 * <pre>{@code
 * profile, version 2
 * version 8 | capped 1 | newest + 1, 42 | left out: natural
 *   series: natural, then each as below
 *   series without events that were tracked from the beginning: natural, then of each 12 bits of its ID
 *   event IDs: natural, then of each, the newest first
 *     ms before the arrival of the one before (or newest): number | ms from its event to its
 *     arrival: number | hash 40 | index of the first series of its type, or the number of series and
 *     the tag of the type, 16 | of each declared series of its type, or of any, whether it counts 1
 *
 * series, by type, those with more events first
 * declared 1 | short 1 | ID 24 if short, else 32 | kind 2 | type as of the one before 1, else its tag 16 | late 1, then since when 42 | empty 1
 * and if it is not: old 1 | held | old, if so
 *
 * held
 * based 1
 *   if based on the last series that was not: all 1, else a bit for each event of that series
 * times of the events, or of those older than the base's, the newest first:
 *   how many: natural | unit 2: ms, s or min | newest is that of the profile (or base's oldest) 1 |
 *   of the first, if it is not, units before that: number
 *   of the others: units before the one after it: number
 * values of the events, the newest first: doubles; or, of identifiers, the index of an earlier one,
 *   or the number of earlier ones and the hash, 32
 *
 * old
 * newest folded, ms before newest: natural | first, ms before that: natural | its value: double
 * decayed sums: natural, then of each: half-life, ms, natural | of values 1 | sum: double
 * gaps: natural, then of each: ms, natural
 * beyond the retention: events, natural; if there are: last, ms before newest: natural |
 *   if numeric: sum, rest of it, squared deviations, least, greatest, last: doubles |
 *   of each gap: breaks, their ms: naturals
 * tiles: natural; if there are: widths of the levels: natural, then naturals | the newest tile first
 *   1         the block of the same level before the one before
 *   01        level, natural | how many blocks before that, natural
 *   001       one event, at ms before the one before: number
 *   000       end, ms before the one before, either way: natural | width, natural
 *   events, unless it is one: number
 *   if numeric: sum, double | if several: squared deviations, 31 bits of a float |
 *     least, greatest, first, last: doubles
 *   then the oldest first, if there are gaps: silence before + 1: number | of each gap: breaks,
 *     their ms: naturals
 * of identifiers: sample: natural | entries since it was pruned: natural | of each, the newest first:
 *   ms before the one before: number | hash 32 | same weight 1, else weight 10
 *
 * natural   as many zeros as it has bits, a one, and its bits below the top one
 * number    the same, with the distance of its length from a running mean of those before in place
 *           of the length: 0, -1, 1, -2, 2, …
 * double    form as before 1, else form 2: see NumberForm | a number, or 64 bits
 * }</pre>
 *
 * <p>A state that was written when other series were declared is read by the IDs of the series: one
 * that is no longer declared is dropped, unless every series is tracked; one that is new begins
 * empty, and remembers since when. States of version 1 are read, too.
 *
 * <p>A log, which {@link AppliedLog} explains, is a string of bits of its own.
 */
public final class ProfileCodec {
  static final int VERSION = 2;

  private static final int VERSION_BITS = 8;
  private static final int TIME_BITS = SeriesCodec.TIME_BITS;
  private static final int SHORT_ID_BITS = 12;
  private static final long END_OF_TIME = 4_102_444_800_000L;
  private static final int MAX_SERIES = 10_000;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final FeatureEngine engine;

  /** What each thread uses again and again. */
  private static final class Scratch {
    private final BitWriter out = new BitWriter();
    private final SeriesCodec.Encoder encoder = new SeriesCodec.Encoder();
    private final HeldCodec.Contexts contexts = new HeldCodec.Contexts();
  }

  /** Makes a codec for the states of an engine. */
  public ProfileCodec(FeatureEngine engine) {
    this.engine = engine;
  }

  /**
   * Returns the bytes of a state; equal bytes for equal states. Its log is left alone. The state
   * remembers them, to copy from them what has not changed next time: nobody may change them.
   */
  public byte[] encode(ProfileState state) {
    Scratch scratch = SCRATCH.get();
    BitWriter out = scratch.out;
    out.clear();
    out.writeBits(VERSION, VERSION_BITS);
    out.writeBit(state.recentIds().isCapped());
    out.writeBits(state.newestEventMillis() + 1, TIME_BITS);
    out.writeNatural(state.leftOut());
    SeriesOrder order = SeriesOrder.of(state);
    out.writeNatural(order.size());
    SeriesCodec.Encoder encoder = scratch.encoder;
    encoder.clear();
    for (int i = 0; i < order.size(); i++) {
      encoder.write(
          order.series(i), order.layoutIndex(i), state.layout(), state.newestEventMillis(), out);
    }
    writeEmpty(state, out);
    writeIds(state, order, out);
    byte[] bytes = out.toBytes();
    encoder.markStored(bytes);
    // Nothing of the profile stays behind.
    encoder.clear();
    return bytes;
  }

  /**
   * Begins the log of a state anew, after the bytes that {@link #encode} gave of it just now have
   * been stored. The log then refers to these bytes, and is shorter than after {@link
   * AppliedLog#clear}.
   */
  public void stored(ProfileState state) {
    state.log().beginWith(LogCodec.known(SeriesOrder.of(state)));
  }

  /**
   * Returns the bytes of what was applied since a state was decoded, or {@link #stored}, as a
   * whole, or since {@link AppliedLog#clear}.
   */
  public byte[] encodeLog(ProfileState state) {
    BitWriter out = SCRATCH.get().out;
    out.clear();
    LogCodec.write(state.log(), out);
    return out.toBytes();
  }

  /**
   * Returns the state that bytes stand for. It remembers them, so that nobody may change them.
   *
   * @throws CorruptStateException where they stand for none
   */
  public ProfileState decode(byte[] bytes) {
    if (bytes.length > 0 && bytes[0] == VersionOne.VERSION) {
      return VersionOne.decode(bytes, engine);
    }
    BitReader in = new BitReader(bytes);
    int version = (int) in.readBits(VERSION_BITS);
    if (version != VERSION) {
      throw in.corrupt(
          "its version is " + version + ", this release reads versions up to " + VERSION);
    }
    boolean isCapped = in.readBit();
    long newest = in.readBits(TIME_BITS) - 1;
    if (newest >= END_OF_TIME) {
      throw in.corrupt("its newest event time is " + newest);
    }
    ProfileState state = engine.newState();
    state.advanceTo(newest);
    long leftOut = in.readNatural();
    if (leftOut < 0) {
      throw in.corrupt("it left out " + Long.toUnsignedString(leftOut) + " values");
    }
    state.leftOut(leftOut);
    SeriesCodec.Head[] heads = readSeries(state, in);
    readEmpty(state, in);
    readIds(state, heads, in);
    if (isCapped) {
      state.recentIds().markCapped();
    }
    if (!in.isAtEnd()) {
      throw in.corrupt("bytes are left over");
    }
    state.log().beginWith(LogCodec.known(heads, state.layout()));
    return state;
  }

  /**
   * Applies what a log says to the state that the log began with.
   *
   * @throws CorruptStateException where the bytes are no log
   */
  public void replay(ProfileState state, byte[] log) {
    BitReader in = new BitReader(log);
    AppliedLog read = LogCodec.read(in, state.log().known());
    if (!in.isAtEnd()) {
      throw in.corrupt("bytes are left over");
    }
    engine.replay(state, read);
  }

  private static void writeEmpty(ProfileState state, BitWriter out) {
    int declared = state.layout().series().size();
    int empty = 0;
    for (int i = 0; i < declared; i++) {
      empty += isEmptyFromTheBeginning(state.series(i)) ? 1 : 0;
    }
    out.writeNatural(empty);
    for (int i = 0; i < declared; i++) {
      if (isEmptyFromTheBeginning(state.series(i))) {
        out.writeBits(shortId(state.series(i)), SHORT_ID_BITS);
      }
    }
  }

  private static boolean isEmptyFromTheBeginning(SeriesState series) {
    return series.isEmpty() && series.since() == SeriesState.NEVER;
  }

  private static int shortId(SeriesState series) {
    return series.layout().id() >>> (Integer.SIZE - SHORT_ID_BITS);
  }

  private static void readEmpty(ProfileState state, BitReader in) {
    int empty = in.readCount("series without events", MAX_SERIES, SHORT_ID_BITS);
    int[] ids = new int[empty];
    for (int i = 0; i < empty; i++) {
      ids[i] = (int) in.readBits(SHORT_ID_BITS);
    }
    for (int i = 0; i < state.layout().series().size() && !state.isEmpty(); i++) {
      SeriesState series = state.series(i);
      if (isEmptyFromTheBeginning(series) && !contains(ids, shortId(series))) {
        series.since(state.newestEventMillis());
      }
    }
  }

  private static boolean contains(int[] ids, int id) {
    for (int known : ids) {
      if (known == id) {
        return true;
      }
    }
    return false;
  }

  private void writeIds(ProfileState state, SeriesOrder order, BitWriter out) {
    RecentIds ids = state.recentIds();
    out.writeNatural(ids.size());
    LengthContext arrivals = new LengthContext(1);
    LengthContext delays = new LengthContext(0);
    int indexBits = HeldCodec.indexBits(order.size() + 1);
    long later = state.newestEventMillis();
    for (int i = ids.size() - 1; i >= 0; i--) {
      out.writeNumber(later - ids.arrival(i), arrivals);
      out.writeNumber(ids.arrival(i) - ids.time(i), delays);
      out.writeBits(ids.hash(i), RecentIds.HASH_BITS);
      int first = order.firstOfType(ids.typeTag(i));
      out.writeBits(first, indexBits);
      if (first == order.size()) {
        out.writeBits(ids.typeTag(i), SeriesCodec.TAG_BITS);
      }
      for (int j = 0; j < order.size(); j++) {
        int index = order.layoutIndex(j);
        boolean isDeclared = index != SeriesOrder.UNDECLARED;
        if (isDeclared && order.series(j).layout().mayCount(ids.typeTag(i))) {
          out.writeBit(index < Long.SIZE && (ids.counting(i) >> index & 1) != 0);
        }
      }
      later = ids.arrival(i);
    }
  }

  private static void readIds(ProfileState state, SeriesCodec.Head[] heads, BitReader in) {
    int size = in.readCount("event IDs", RecentIds.MAX, RecentIds.HASH_BITS);
    long[] arrivals = new long[size];
    long[] times = new long[size];
    long[] hashes = new long[size];
    int[] typeTags = new int[size];
    long[] counting = new long[size];
    LengthContext ofArrivals = new LengthContext(1);
    LengthContext ofDelays = new LengthContext(0);
    int indexBits = HeldCodec.indexBits(heads.length + 1);
    long arrival = state.newestEventMillis();
    for (int i = size - 1; i >= 0; i--) {
      long before = in.readNumber(ofArrivals);
      if (before < 0 || before > arrival) {
        throw in.corrupt("an event ID came before 1970");
      }
      arrival -= before;
      long delay = in.readNumber(ofDelays);
      if (delay < 0 || delay > arrival) {
        throw in.corrupt("an event was before 1970");
      }
      arrivals[i] = arrival;
      times[i] = arrival - delay;
      hashes[i] = in.readBits(RecentIds.HASH_BITS);
      int index = (int) in.readBits(indexBits);
      if (index > heads.length) {
        throw in.corrupt("an event ID refers to no series");
      }
      typeTags[i] =
          index == heads.length ? (int) in.readBits(SeriesCodec.TAG_BITS) : heads[index].typeTag();
      for (SeriesCodec.Head head : heads) {
        boolean mayCount = head.typeTag() == typeTags[i] || head.typeTag() == SeriesLayout.ANY_TYPE;
        if (head.isDeclared() && mayCount && in.readBit()) {
          int declared = head.layoutIndex();
          counting[i] |= declared >= 0 && declared < Long.SIZE ? 1L << declared : 0;
        }
      }
    }
    for (int i = 0; i < size; i++) {
      state.recentIds().append(hashes[i], arrivals[i], times[i], typeTags[i], counting[i]);
    }
  }

  /** Returns what the series are, in the order in which they were stored. */
  private SeriesCodec.Head[] readSeries(ProfileState state, BitReader in) {
    int size = in.readCount("series", MAX_SERIES, SeriesCodec.MIN_BITS);
    if (size > 0 && state.isEmpty()) {
      throw in.corrupt("it has series, but no newest event time");
    }
    SeriesCodec.Decoder decoder =
        new SeriesCodec.Decoder(in, state.newestEventMillis(), SCRATCH.get().contexts);
    SeriesCodec.Head[] heads = new SeriesCodec.Head[size];
    for (int i = 0; i < size; i++) {
      SeriesCodec.Head head = decoder.readHead(state.layout());
      SeriesState series = target(state, head, in);
      heads[i] = head;
      series.since(head.since());
      if (!head.isEmpty()) {
        decoder.readInto(series);
      }
    }
    return heads;
  }

  private SeriesState target(ProfileState state, SeriesCodec.Head head, BitReader in) {
    if (head.layoutIndex() >= 0) {
      SeriesState series = state.series(head.layoutIndex());
      if (series.layout().kind() != head.kind() || !series.isEmpty()) {
        throw in.corrupt(
            "series " + head.id() + " is of another kind than declared, or twice there");
      }
      return series;
    }
    SeriesState series = new SeriesState(engine.undeclared(head.id(), head.typeTag(), head.kind()));
    List<SeriesState> undeclared = state.undeclared();
    boolean isTracked = !head.isDeclared() && undeclared.size() < state.layout().undeclared();
    if (isTracked && !head.isEmpty()) {
      if (undeclared.stream().anyMatch(known -> known.layout().id() == head.id())) {
        throw in.corrupt("series " + head.id() + " is twice there");
      }
      state.addUndeclared(series);
    }
    return series;
  }
}
