package dev.presage.features.state;

import dev.presage.features.AppliedLog;
import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.series.ProfileLayout;
import dev.presage.features.series.RecentIds;
import dev.presage.features.series.SeriesLayout;
import java.util.Arrays;
import java.util.Objects;

/**
 * The bytes of an {@link AppliedLog}.
 *
 * <pre>{@code
 * version 8 | events: natural | refers to the state 1
 * tags of types: natural, then 16 each
 * series: natural, then of each: ID 32 | kind 2 | declared 1
 * event
 * ms after the one before (or 1970), either way: number | has ID 1, then hash 40 |
 * index of the tag | series as in the last event of the type 1, else: natural, then an index each |
 * values of those with values: doubles, identifiers 32
 * }</pre>
 *
 * <p>A log that refers to the state that it goes on from knows the tags and the series of that, in
 * the order in which they are stored; those of its own come after them.
 */
final class LogCodec {
  private static final int VERSION = 1;
  private static final int VERSION_BITS = 8;
  private static final int IDENTIFIER_BITS = 32;
  private static final int MAX_SERIES = 10_000;
  private static final long END_OF_TIME = 4_102_444_800_000L;

  private LogCodec() {}

  /** What a log that goes on from a stored state may refer to. */
  static int[] known(SeriesOrder order) {
    int[] known = new int[2 * order.size()];
    for (int i = 0; i < order.size(); i++) {
      SeriesLayout layout = order.series(i).layout();
      known[2 * i] = layout.id();
      known[2 * i + 1] =
          described(
              layout.kind(), order.layoutIndex(i) != SeriesOrder.UNDECLARED, layout.typeTag());
    }
    return known;
  }

  /** The same of what was read; of a series that is not declared any more, the ID may be cut. */
  static int[] known(SeriesCodec.Head[] heads, ProfileLayout layout) {
    int[] known = new int[2 * heads.length];
    for (int i = 0; i < heads.length; i++) {
      int index = heads[i].layoutIndex();
      known[2 * i] =
          index == SeriesOrder.UNDECLARED ? heads[i].id() : layout.series().get(index).id();
      known[2 * i + 1] = described(heads[i].kind(), heads[i].isDeclared(), heads[i].typeTag());
    }
    return known;
  }

  private static int described(Kind kind, boolean isDeclared, int typeTag) {
    return typeTag << 3 | (isDeclared ? 4 : 0) | KindCode.code(kind);
  }

  private static Kind kind(int described) {
    return Objects.requireNonNull(KindCode.kind(described & 3));
  }

  private static boolean isDeclared(int described) {
    return (described & 4) != 0;
  }

  private static int typeTag(int described) {
    return described >> 3;
  }

  static void write(AppliedLog log, BitWriter out) {
    out.writeBits(VERSION, VERSION_BITS);
    out.writeNatural(log.size());
    if (log.size() == 0) {
      return;
    }
    out.writeBit(log.known().length > 0);
    Table tags = new Table();
    Table series = new Table();
    addKnown(log.known(), tags, series);
    int knownTags = tags.size;
    int knownSeries = series.size;
    for (int event = 0; event < log.size(); event++) {
      tags.add(log.typeTag(event), 0);
      for (int i = log.from(event); i < log.to(event); i++) {
        series.add(log.series(i), i);
      }
    }
    out.writeNatural(tags.size - knownTags);
    for (int i = knownTags; i < tags.size; i++) {
      out.writeBits(tags.keys[i], SeriesCodec.TAG_BITS);
    }
    out.writeNatural(series.size - knownSeries);
    for (int i = knownSeries; i < series.size; i++) {
      out.writeBits(series.keys[i], SeriesCodec.ID_BITS);
      KindCode.write(log.kind(series.positions[i]), out);
      out.writeBit(log.isDeclared(series.positions[i]));
    }
    LengthContext times = new LengthContext(HeldCodec.TIME_LENGTH);
    DoubleContext values = new DoubleContext();
    int[] last = new int[tags.size];
    long earlier = 0;
    for (int event = 0; event < log.size(); event++) {
      long after = log.time(event) - earlier;
      earlier = log.time(event);
      out.writeNumber((after << 1) ^ (after >> 63), times);
      out.writeBit(log.hasId(event));
      if (log.hasId(event)) {
        out.writeBits(log.idHash(event), RecentIds.HASH_BITS);
      }
      int tag = tags.indexOf(log.typeTag(event));
      out.writeBits(tag, HeldCodec.indexBits(tags.size));
      writeSeries(log, event, last[tag] - 1, series, out);
      last[tag] = event + 1;
      writeValues(log, event, values, out);
    }
  }

  private static void addKnown(int[] known, Table tags, Table series) {
    for (int i = 0; i < known.length; i += 2) {
      tags.add(typeTag(known[i + 1]), 0);
      // Each, even if it were the same: the places count.
      series.append(known[i], 0);
    }
  }

  private static void writeSeries(
      AppliedLog log, int event, int last, Table series, BitWriter out) {
    boolean same = last >= 0 && haveSameSeries(log, event, last);
    out.writeBit(same);
    if (!same) {
      out.writeNatural(log.to(event) - log.from(event));
      for (int i = log.from(event); i < log.to(event); i++) {
        out.writeBits(series.indexOf(log.series(i)), HeldCodec.indexBits(series.size));
      }
    }
  }

  private static boolean haveSameSeries(AppliedLog log, int one, int other) {
    int length = log.to(one) - log.from(one);
    if (length != log.to(other) - log.from(other)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (log.series(log.from(one) + i) != log.series(log.from(other) + i)) {
        return false;
      }
    }
    return true;
  }

  private static void writeValues(AppliedLog log, int event, DoubleContext values, BitWriter out) {
    for (int i = log.from(event); i < log.to(event); i++) {
      switch (log.kind(i)) {
        case TIMES -> {}
        case NUMBERS -> out.writeDouble(log.value(i), values);
        case IDENTIFIERS -> out.writeBits((long) log.value(i), IDENTIFIER_BITS);
      }
    }
  }

  static AppliedLog read(BitReader in, int[] knownToState) {
    int version = (int) in.readBits(VERSION_BITS);
    if (version != VERSION) {
      throw in.corrupt("the version of its log is " + version + ", known is " + VERSION);
    }
    AppliedLog log = new AppliedLog();
    int events = in.readCount("applied events", AppliedLog.CAPACITY, 1);
    if (events == 0) {
      return log;
    }
    int[] known = in.readBit() ? knownToState : new int[0];
    Table knownTags = new Table();
    addKnown(known, knownTags, new Table());
    int moreTags = in.readCount("types", AppliedLog.CAPACITY, SeriesCodec.TAG_BITS);
    int[] tags = Arrays.copyOf(knownTags.keys, knownTags.size + moreTags);
    for (int i = knownTags.size; i < tags.length; i++) {
      tags[i] = (int) in.readBits(SeriesCodec.TAG_BITS);
    }
    int knownSeries = known.length / 2;
    int size = knownSeries + in.readCount("series", MAX_SERIES, SeriesCodec.ID_BITS);
    int[] ids = new int[size];
    Kind[] kinds = new Kind[size];
    boolean[] declared = new boolean[size];
    for (int i = 0; i < knownSeries; i++) {
      ids[i] = known[2 * i];
      kinds[i] = kind(known[2 * i + 1]);
      declared[i] = isDeclared(known[2 * i + 1]);
    }
    for (int i = knownSeries; i < size; i++) {
      ids[i] = (int) in.readBits(SeriesCodec.ID_BITS);
      kinds[i] = KindCode.read(in);
      declared[i] = in.readBit();
    }
    int[][] last = new int[tags.length][];
    LengthContext times = new LengthContext(HeldCodec.TIME_LENGTH);
    DoubleContext values = new DoubleContext();
    long time = 0;
    for (int event = 0; event < events; event++) {
      long zigzag = in.readNumber(times);
      time += (zigzag >>> 1) ^ -(zigzag & 1);
      if (time < 0 || time >= END_OF_TIME) {
        throw in.corrupt("an applied event has the time " + time);
      }
      boolean hasId = in.readBit();
      long hash = hasId ? in.readBits(RecentIds.HASH_BITS) : 0;
      int tag = (int) in.readBits(HeldCodec.indexBits(tags.length));
      if (tag >= tags.length) {
        throw in.corrupt("an applied event refers to no type");
      }
      log.addEvent(time, hasId, hash, tags[tag]);
      int[] counting = in.readBit() ? last[tag] : readSeries(size, in);
      if (counting == null) {
        throw in.corrupt("an applied event refers to no event before it");
      }
      last[tag] = counting;
      for (int index : counting) {
        double value =
            switch (kinds[index]) {
              case TIMES -> 0;
              case NUMBERS -> in.readDouble(values);
              case IDENTIFIERS -> (int) in.readBits(IDENTIFIER_BITS);
            };
        log.addSeries(ids[index], kinds[index], declared[index], value);
      }
    }
    return log;
  }

  private static int[] readSeries(int size, BitReader in) {
    int[] counting = new int[in.readCount("series of an applied event", size, 0)];
    for (int i = 0; i < counting.length; i++) {
      counting[i] = (int) in.readBits(HeldCodec.indexBits(size));
      if (counting[i] >= size) {
        throw in.corrupt("an applied event refers to no series");
      }
    }
    return counting;
  }

  /** Different numbers, in the order in which they came, with where they first stood. */
  private static final class Table {
    private int[] keys = new int[8];
    private int[] positions = new int[8];
    private int size;

    void add(int key, int position) {
      if (indexOf(key) < 0) {
        append(key, position);
      }
    }

    void append(int key, int position) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
        positions = Arrays.copyOf(positions, 2 * size);
      }
      keys[size] = key;
      positions[size] = position;
      size++;
    }

    int indexOf(int key) {
      for (int i = 0; i < size; i++) {
        if (keys[i] == key) {
          return i;
        }
      }
      return -1;
    }
  }
}
