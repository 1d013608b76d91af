package dev.presage.features.state;

import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.Tiles;
import java.util.List;

/** The part of the layout that is about the tiles of a series. */
final class TilesCodec {
  private static final int MAX_TILES = 8_192;
  private static final int MAX_LEVELS = 64;
  private static final int SQUARES_BITS = 31;
  private static final long MAX_EVENTS = 1L << 53;
  private static final long END_OF_TIME = 4_102_444_800_000L;

  private final LengthContext counts = new LengthContext(4);
  private final LengthContext distances = new LengthContext(HeldCodec.TIME_LENGTH);
  private final DoubleContext sums = new DoubleContext();
  private final DoubleContext least = new DoubleContext();
  private final DoubleContext greatest = new DoubleContext();
  private final DoubleContext first = new DoubleContext();
  private final DoubleContext last = new DoubleContext();

  private void clear() {
    counts.clear();
    distances.clear();
    sums.clear();
    least.clear();
    greatest.clear();
    first.clear();
    last.clear();
  }

  /**
   * @param foldedUntil time of the newest event in the tiles
   */
  void write(Tiles tiles, SeriesLayout layout, long foldedUntil, BitWriter out) {
    out.writeNatural(tiles.size());
    if (tiles.size() == 0) {
      return;
    }
    clear();
    long[] widths = widths(layout);
    out.writeNatural(widths.length);
    for (long width : widths) {
      out.writeNatural(width);
    }
    int level = 0;
    long reached = foldedUntil;
    for (int i = tiles.size() - 1; i >= 0; i--) {
      level = writeTile(tiles, i, reached, level, widths, out);
      reached = tiles.start(i) - 1;
      if (layout.numeric()) {
        writeValues(tiles, i, out);
      }
    }
    List<Long> gaps = layout.gapMillis();
    for (int i = 0; i < tiles.size() && !gaps.isEmpty(); i++) {
      out.writeNumber(tiles.silence(i) + 1, counts);
      for (int gap = 0; gap < gaps.size(); gap++) {
        out.writeNatural(tiles.breaks(gap, i));
        out.writeNatural(tiles.breakMillis(gap, i));
      }
    }
  }

  private int writeTile(
      Tiles tiles, int tile, long reached, int level, long[] widths, BitWriter out) {
    long start = tiles.start(tile);
    long end = tiles.end(tile);
    if (tiles.count(tile) == 1 && end == start + 1) {
      // Zeros before the one say which form it is.
      out.writeBits(0b100, 3);
      out.writeNumber(reached - start, distances);
      return level;
    }
    int ofWidth = level(end - start, widths);
    int now = level;
    if (ofWidth < 0 || start % widths[ofWidth] != 0) {
      out.writeBits(0b000, 3);
      long after = reached + 1 - end;
      out.writeNatural((after << 1) ^ (after >> 63));
      out.writeNatural(end - start);
    } else {
      long blocks = reached / widths[ofWidth] - start / widths[ofWidth];
      if (ofWidth == level && blocks == 0) {
        out.writeBit(true);
      } else {
        out.writeBits(0b10, 2);
        out.writeNatural(ofWidth);
        out.writeNatural(blocks);
        now = ofWidth;
      }
    }
    out.writeNumber(tiles.count(tile), counts);
    return now;
  }

  private void writeValues(Tiles tiles, int tile, BitWriter out) {
    out.writeDouble(tiles.sum(tile), sums);
    if (tiles.count(tile) > 1) {
      out.writeBits(Float.floatToIntBits((float) tiles.squares(tile)), SQUARES_BITS);
      out.writeDouble(tiles.least(tile), least);
      out.writeDouble(tiles.greatest(tile), greatest);
      out.writeDouble(tiles.firstValue(tile), first);
      out.writeDouble(tiles.lastValue(tile), last);
    }
  }

  /**
   * Reads tiles into those of a series, which are empty yet.
   *
   * @param gaps the gaps for which breaks were written, and for each its index in the layout or -1
   * @param foldedUntil time of the newest event in the tiles
   */
  void read(Tiles tiles, boolean numeric, Gaps gaps, long foldedUntil, BitReader in) {
    int size = in.readCount("tiles", MAX_TILES, 2);
    if (size == 0) {
      return;
    }
    clear();
    long[] widths = readWidths(in);
    int level = 0;
    long reached = foldedUntil;
    long later = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      level = readTile(tiles, reached, later, level, widths, in);
      int newest = tiles.size() - 1;
      later = tiles.start(newest);
      reached = later - 1;
      if (numeric) {
        readValues(tiles, tiles.count(newest), in);
      }
    }
    tiles.reverse();
    readBreaks(tiles, gaps, in);
  }

  /**
   * The gaps of a stored series.
   *
   * @param millis the gaps
   * @param declared the index of each in the layout of the series, -1 where it is declared no more
   */
  record Gaps(List<Long> millis, List<Integer> declared) {}

  private long[] readWidths(BitReader in) {
    int levels = in.readCount("levels", MAX_LEVELS, 1);
    long[] widths = new long[levels];
    for (int i = 0; i < levels; i++) {
      widths[i] = in.readNatural();
      if (widths[i] < 1 || widths[i] > END_OF_TIME) {
        throw in.corrupt("a level has the width " + widths[i]);
      }
    }
    return widths;
  }

  private int readTile(
      Tiles tiles, long reached, long later, int level, long[] widths, BitReader in) {
    int now = level;
    long start;
    long end;
    boolean isSingle = false;
    if (in.readBit()) {
      start = block(reached, 0, level, widths, in);
      end = start + widths[level];
    } else if (in.readBit()) {
      now = in.readCount("levels", widths.length - 1, 0);
      start = block(reached, in.readNatural(), now, widths, in);
      end = start + widths[now];
    } else if (in.readBit()) {
      start = reached - in.readNumber(distances);
      end = start + 1;
      isSingle = true;
    } else {
      long zigzag = in.readNatural();
      end = reached + 1 - ((zigzag >>> 1) ^ -(zigzag & 1));
      start = end - in.readNatural();
    }
    if (start < 0 || start >= end || end > 2 * END_OF_TIME || end > later || start > reached) {
      throw in.corrupt("a tile from " + start + " to " + end);
    }
    long events = isSingle ? 1 : in.readNumber(counts);
    if (events < 1 || events > MAX_EVENTS) {
      throw in.corrupt("a tile has " + Long.toUnsignedString(events) + " events");
    }
    tiles.appendTile(start, end, events);
    return now;
  }

  private static long block(long reached, long before, int level, long[] widths, BitReader in) {
    if (level >= widths.length || reached < 0) {
      throw in.corrupt("a tile has the level " + level);
    }
    long block = reached / widths[level] - before;
    if (before < 0 || block < 0) {
      throw in.corrupt("a tile is before 1970");
    }
    return block * widths[level];
  }

  private void readValues(Tiles tiles, long events, BitReader in) {
    double sum = in.readDouble(sums);
    if (events == 1) {
      tiles.giveValues(sum, 0, sum, sum, sum, sum);
      return;
    }
    float squares = Float.intBitsToFloat((int) in.readBits(SQUARES_BITS));
    if (!Float.isFinite(squares)) {
      throw in.corrupt("a spread is " + squares);
    }
    tiles.giveValues(
        sum,
        squares,
        in.readDouble(least),
        in.readDouble(greatest),
        in.readDouble(first),
        in.readDouble(last));
  }

  private void readBreaks(Tiles tiles, Gaps gaps, BitReader in) {
    int stored = gaps.millis().size();
    for (int i = 0; i < tiles.size() && stored > 0; i++) {
      long silence = in.readNumber(counts) - 1;
      boolean isRead = false;
      for (int gap = 0; gap < stored; gap++) {
        long breaks = in.readNatural();
        long millis = in.readNatural();
        if (breaks < 0 || breaks > MAX_EVENTS || millis < 0 || millis > END_OF_TIME) {
          throw in.corrupt("a tile has " + breaks + " breaks of " + millis + " ms");
        }
        if (gaps.declared().get(gap) >= 0) {
          tiles.giveBreaks(i, gaps.declared().get(gap), breaks, millis);
          isRead = true;
        }
      }
      if (silence < Tiles.UNKNOWN || silence > END_OF_TIME) {
        throw in.corrupt("a silence of " + silence + " ms");
      }
      if (isRead) {
        tiles.giveSilence(i, silence);
      }
    }
  }

  private static long[] widths(SeriesLayout layout) {
    long[] widths = new long[layout.grid().levels()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = layout.grid().width(i);
    }
    return widths;
  }

  private static int level(long width, long[] widths) {
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] == width) {
        return i;
      }
    }
    return -1;
  }
}
