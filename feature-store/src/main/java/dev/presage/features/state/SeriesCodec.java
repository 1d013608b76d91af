package dev.presage.features.state;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.series.DistinctSample;
import dev.presage.features.series.EventBuffer;
import dev.presage.features.series.ProfileLayout;
import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.SeriesLayout.Decayed;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.Totals;
import java.util.ArrayList;
import java.util.List;

/** The part of the layout that is about one series; {@link ProfileCodec} draws it. */
final class SeriesCodec {
  static final int ID_BITS = 32;
  static final int TAG_BITS = 16;
  static final int TIME_BITS = 42;

  /** The least number of bits of a series. */
  static final int MIN_BITS = ProfileLayout.START_BITS + 7;

  private static final int WEIGHT_BITS = 10;
  private static final int IDENTIFIER_BITS = 32;
  private static final int MAX_GAPS = 64;
  private static final long MAX_EVENTS = 1L << 53;

  private static final TilesCodec.Gaps NO_GAPS = new TilesCodec.Gaps(List.of(), List.of());

  private SeriesCodec() {}

  /** Writes the series of one profile, one after the other. */
  static final class Encoder {
    private final LengthContext lengths = new LengthContext(HeldCodec.TIME_LENGTH);
    private final DoubleContext doubles = new DoubleContext();
    private final WrittenEvents written = new WrittenEvents();
    private EventBuffer base = EventBuffer.NONE;
    private int typeTag = SeriesLayout.ANY_TYPE;
    private int baseTag = -1;

    /** Marks what was written as stored in bytes. */
    void markStored(byte[] in) {
      written.markStored(in);
    }

    void clear() {
      written.clear();
      typeTag = SeriesLayout.ANY_TYPE;
      baseTag = -1;
      base = EventBuffer.NONE;
    }

    void write(SeriesState series, int layoutIndex, ProfileLayout of, long newest, BitWriter out) {
      SeriesLayout layout = series.layout();
      boolean isDeclared = layoutIndex != SeriesOrder.UNDECLARED;
      boolean isShort = isDeclared && of.hasOwnStart(layoutIndex);
      out.writeBit(isDeclared);
      out.writeBit(isShort);
      if (isShort) {
        out.writeBits(ProfileLayout.start(layout.id()), ProfileLayout.START_BITS);
      } else {
        out.writeBits(layout.id(), ID_BITS);
      }
      KindCode.write(layout.kind(), out);
      out.writeBit(layout.typeTag() == typeTag);
      if (layout.typeTag() != typeTag) {
        typeTag = layout.typeTag();
        out.writeBits(typeTag, TAG_BITS);
      }
      out.writeBit(series.since() != SeriesState.NEVER);
      if (series.since() != SeriesState.NEVER) {
        out.writeBits(series.since(), TIME_BITS);
      }
      boolean old = series.foldedUntil() != SeriesState.NEVER;
      out.writeBit(series.isEmpty());
      if (series.isEmpty()) {
        return;
      }
      out.writeBit(old);
      writeHeld(series, layout, newest, out);
      if (old) {
        writeOld(series, newest, out);
      }
    }

    private void writeHeld(SeriesState series, SeriesLayout layout, long newest, BitWriter out) {
      EventBuffer held = series.held();
      EventBuffer by = layout.typeTag() == baseTag ? base : EventBuffer.NONE;
      boolean isStored = by.size() > 0 && held.isStored(by);
      int older = isStored ? 0 : HeldCodec.olderThanBase(held, by);
      out.writeBit(older >= 0);
      int unit = 0;
      int from = out.bits();
      if (isStored) {
        out.copy(held.storedIn(), held.storedFrom(), held.storedTo());
      } else if (older >= 0) {
        HeldCodec.writeMask(held, older, by, out);
        unit = HeldCodec.unit(held, older);
        HeldCodec.writeFirstTime(held, older, unit, by.time(0), out);
        HeldCodec.writeOtherTimes(held, older, unit, lengths, out);
        HeldCodec.writeValues(held, layout.kind(), doubles, out);
      } else {
        by = EventBuffer.NONE;
        isStored = held.isStored(by);
        unit = isStored ? held.storedUnit() : HeldCodec.unit(held, held.size());
        HeldCodec.writeFirstTime(held, held.size(), unit, newest, out);
        from = out.bits();
        if (isStored) {
          out.copy(held.storedIn(), held.storedFrom(), held.storedTo());
        } else {
          HeldCodec.writeOtherTimes(held, held.size(), unit, lengths, out);
          HeldCodec.writeValues(held, layout.kind(), doubles, out);
        }
        base = held;
        baseTag = layout.typeTag();
      }
      written.add(held, by, unit, from, out.bits());
    }

    private void writeOld(SeriesState series, long newest, BitWriter out) {
      SeriesLayout layout = series.layout();
      out.writeNatural(newest - series.foldedUntil());
      out.writeNatural(series.foldedUntil() - Math.min(series.foldedUntil(), series.firstTime()));
      doubles.clear();
      if (layout.valued()) {
        out.writeDouble(series.firstValue(), doubles);
      }
      List<Decayed> decayed = layout.decayed();
      out.writeNatural(decayed.size());
      for (int i = 0; i < decayed.size(); i++) {
        out.writeNatural(decayed.get(i).halfLifeMillis());
        out.writeBit(decayed.get(i).ofValues());
        out.writeDouble(series.foldedDecayed(i), doubles);
      }
      out.writeNatural(layout.gapMillis().size());
      layout.gapMillis().forEach(out::writeNatural);
      writeBeyond(series, newest, out);
      new TilesCodec().write(series.tiles(), layout, series.foldedUntil(), out);
      if (layout.kind() == Kind.IDENTIFIERS) {
        writeSample(series.sample(), series.foldedUntil(), out);
      }
    }

    private void writeBeyond(SeriesState series, long newest, BitWriter out) {
      Totals beyond = series.beyond();
      out.writeNatural(beyond.count());
      if (beyond.count() == 0) {
        return;
      }
      out.writeNatural(newest - beyond.lastTime());
      if (series.layout().numeric()) {
        out.writeDouble(beyond.sum(), doubles);
        out.writeDouble(beyond.low(), doubles);
        out.writeDouble(beyond.squares(), doubles);
        out.writeDouble(beyond.least(), doubles);
        out.writeDouble(beyond.greatest(), doubles);
        out.writeDouble(beyond.lastValue(), doubles);
      }
      for (int i = 0; i < series.layout().gapMillis().size(); i++) {
        out.writeNatural(beyond.breaks(i));
        out.writeNatural(beyond.breakMillis(i));
      }
    }

    private void writeSample(DistinctSample sample, long foldedUntil, BitWriter out) {
      out.writeNatural(sample.size());
      out.writeNatural(sample.unpruned());
      lengths.clear();
      long later = foldedUntil;
      int weight = 0;
      for (int i = sample.size() - 1; i >= 0; i--) {
        out.writeNumber(later - sample.time(i), lengths);
        out.writeBits(sample.hash(i), IDENTIFIER_BITS);
        out.writeBit(sample.weight(i) == weight);
        if (sample.weight(i) != weight) {
          out.writeBits(sample.weight(i), WEIGHT_BITS);
        }
        weight = sample.weight(i);
        later = sample.time(i);
      }
    }
  }

  /**
   * What is read of a series before it is known where it goes.
   *
   * @param id its ID, of which only the end may be known
   * @param layoutIndex where it is declared now, or {@link SeriesOrder#UNDECLARED}
   * @param isDeclared whether it was declared when it was stored
   */
  record Head(
      int id,
      int layoutIndex,
      Kind kind,
      boolean isDeclared,
      int typeTag,
      long since,
      boolean isEmpty) {}

  /** Reads the series of one profile, one after the other. */
  static final class Decoder {
    private final BitReader in;
    private final long newest;
    private final HeldCodec.Contexts contexts;
    private EventBuffer base = EventBuffer.NONE;
    private int typeTag = SeriesLayout.ANY_TYPE;

    Decoder(BitReader in, long newest, HeldCodec.Contexts contexts) {
      this.in = in;
      this.newest = newest;
      this.contexts = contexts.from(in);
    }

    Head readHead(ProfileLayout layout) {
      boolean isDeclared = in.readBit();
      boolean isShort = in.readBit();
      int unused = Integer.SIZE - ProfileLayout.START_BITS;
      int id =
          isShort
              ? (int) in.readBits(ProfileLayout.START_BITS) << unused >> unused
              : (int) in.readBits(ID_BITS);
      int layoutIndex = isShort ? layout.indexOfStart(id) : layout.indexOf(id);
      Kind kind = KindCode.read(in);
      typeTag = in.readBit() ? typeTag : (int) in.readBits(TAG_BITS);
      long since = in.readBit() ? in.readBits(TIME_BITS) : SeriesState.NEVER;
      return new Head(id, layoutIndex, kind, isDeclared, typeTag, since, in.readBit());
    }

    /** Reads the rest of a series that is not empty into a state that is. */
    void readInto(SeriesState series) {
      SeriesLayout layout = series.layout();
      boolean old = in.readBit();
      boolean based = in.readBit();
      if (based && base.size() == 0) {
        throw in.corrupt("a series refers to no series before it");
      }
      HeldCodec.read(series.held(), layout.kind(), based, base, newest, contexts);
      if (!based) {
        base = series.held();
      }
      if (old) {
        readOld(series);
      } else if (series.held().size() == 0) {
        throw in.corrupt("a series has no event");
      } else {
        series.begin(series.held().time(0), series.held().value(0));
      }
    }

    private void readOld(SeriesState series) {
      SeriesLayout layout = series.layout();
      long foldedUntil = newest - distance(newest);
      if (series.held().size() > 0 && foldedUntil > series.held().time(0)) {
        throw in.corrupt("a folded event is newer than one that is held");
      }
      long first = foldedUntil - distance(foldedUntil);
      series.foldedUntil(foldedUntil);
      DoubleContext doubles = contexts.doubles();
      doubles.clear();
      series.begin(first, layout.valued() ? in.readDouble(doubles) : 0);
      boolean[] known = readDecayed(series);
      TilesCodec.Gaps gaps = readGaps(layout);
      readBeyond(series, gaps);
      new TilesCodec().read(series.ownTiles(), layout.numeric(), gaps, foldedUntil, in);
      if (layout.kind() == Kind.IDENTIFIERS) {
        readSample(series.sample(), foldedUntil);
      }
      for (int i = 0; i < known.length; i++) {
        if (!known[i]) {
          series.estimateFoldedDecayed(i);
        }
      }
    }

    private boolean[] readDecayed(SeriesState series) {
      boolean[] known = new boolean[series.layout().decayed().size()];
      int stored = in.readCount("half-lives", MAX_GAPS, 2);
      for (int i = 0; i < stored; i++) {
        int declared =
            series.layout().decayed().indexOf(new Decayed(in.readNatural(), in.readBit()));
        double sum = in.readDouble(contexts.doubles());
        if (declared >= 0) {
          series.foldedDecayed(declared, sum);
          known[declared] = true;
        }
      }
      return known;
    }

    private TilesCodec.Gaps readGaps(SeriesLayout layout) {
      int stored = in.readCount("gaps", MAX_GAPS, 1);
      if (stored == 0) {
        return NO_GAPS;
      }
      List<Long> millis = new ArrayList<>();
      List<Integer> declared = new ArrayList<>();
      for (int i = 0; i < stored; i++) {
        millis.add(in.readNatural());
        declared.add(layout.gapMillis().indexOf(millis.get(i)));
      }
      return new TilesCodec.Gaps(millis, declared);
    }

    private void readBeyond(SeriesState series, TilesCodec.Gaps gaps) {
      long count = in.readNatural();
      if (count == 0) {
        return;
      }
      if (count < 0 || count > MAX_EVENTS) {
        throw in.corrupt("it cannot have " + Long.toUnsignedString(count) + " events");
      }
      Totals beyond = series.ownBeyond();
      beyond.restore(count, newest - distance(newest));
      if (series.layout().numeric()) {
        DoubleContext doubles = contexts.doubles();
        beyond.restoreValues(
            in.readDouble(doubles),
            in.readDouble(doubles),
            in.readDouble(doubles),
            in.readDouble(doubles),
            in.readDouble(doubles),
            in.readDouble(doubles));
      }
      for (int i = 0; i < gaps.millis().size(); i++) {
        long breaks = in.readNatural();
        long millis = in.readNatural();
        int declared = gaps.declared().get(i);
        if (declared >= 0) {
          beyond.addBreaks(declared, breaks, millis);
        }
      }
    }

    private void readSample(DistinctSample sample, long foldedUntil) {
      int size = in.readCount("identifiers", DistinctSample.MAX, IDENTIFIER_BITS);
      sample.setUnpruned(in.readCount("new identifiers", DistinctSample.MAX, 0));
      long[] times = new long[size];
      int[] hashes = new int[size];
      int[] weights = new int[size];
      contexts.lengths().clear();
      long time = foldedUntil;
      int weight = 0;
      for (int i = size - 1; i >= 0; i--) {
        long before = in.readNumber(contexts.lengths());
        if (before < 0 || before > time) {
          throw in.corrupt("a time is before 1970");
        }
        time -= before;
        times[i] = time;
        hashes[i] = (int) in.readBits(IDENTIFIER_BITS);
        weight = in.readBit() ? weight : (int) in.readBits(WEIGHT_BITS);
        weights[i] = weight;
      }
      for (int i = 0; i < size; i++) {
        sample.append(hashes[i], times[i], weights[i]);
      }
    }

    /** Reads how far something lies before another thing, which is at most all the way to 1970. */
    private long distance(long from) {
      long distance = in.readNatural();
      if (distance < 0 || distance > from) {
        throw in.corrupt("a time is before 1970");
      }
      return distance;
    }
  }
}
