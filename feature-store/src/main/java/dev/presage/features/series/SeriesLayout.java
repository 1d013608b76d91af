package dev.presage.features.series;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import java.util.List;

/**
 * What the state of a series needs to know of its declaration and of the features over it.
 * Immutable.
 */
public final class SeriesLayout {
  /** The tag of a series over every event type. */
  public static final int ANY_TYPE = 0;

  /**
   * A sum in which what is a half-life older counts half.
   *
   * @param ofValues whether it is of the values, or of one an event
   */
  public record Decayed(long halfLifeMillis, boolean ofValues) {
    double term(double value) {
      return ofValues ? value : 1;
    }
  }

  /**
   * What is computed ahead, so that no window has to be walked through for it.
   *
   * @param sums sums of values
   * @param extremes least and greatest values
   * @param spread squared deviations of folded values
   */
  public record Needs(boolean sums, boolean extremes, boolean spread) {
    /** Nothing: everything is found by walking. */
    public static final Needs NOTHING = new Needs(false, false, false);

    /** Returns what either needs. */
    public Needs and(Needs other) {
      return new Needs(sums || other.sums, extremes || other.extremes, spread || other.spread);
    }
  }

  private final int id;
  private final int typeTag;
  private final Kind kind;
  private final TileGrid grid;
  private final long retentionMillis;
  private final List<Long> gapMillis;
  private final long[] gaps;
  private final List<Decayed> decayed;
  private final Needs needs;

  /**
   * @param id identifies the series in stored states: hash of event type, condition and property
   * @param typeTag hash of the event type, 16 bits; {@link #ANY_TYPE} where every type counts
   * @param kind what its events carry
   * @param grid how wide its tiles may be
   * @param retentionMillis how long its events stay in windows
   * @param gapMillis the gaps by which sessions are told apart, ascending
   * @param decayed the decayed sums, by ascending half-life
   * @param needs what is kept at hand for the features
   */
  public SeriesLayout(
      int id,
      int typeTag,
      Kind kind,
      TileGrid grid,
      long retentionMillis,
      List<Long> gapMillis,
      List<Decayed> decayed,
      Needs needs) {
    if (retentionMillis <= 0 || typeTag < 0 || typeTag > 0xFFFF) {
      throw new IllegalArgumentException(
          "retentionMillis=" + retentionMillis + ", typeTag=" + typeTag);
    }
    this.id = id;
    this.typeTag = typeTag;
    this.kind = kind;
    this.grid = grid;
    this.retentionMillis = retentionMillis;
    this.gapMillis = List.copyOf(gapMillis);
    this.gaps = gapMillis.stream().mapToLong(Long::longValue).toArray();
    this.decayed = List.copyOf(decayed);
    this.needs = needs;
  }

  /** Returns what identifies the series in stored states. */
  public int id() {
    return id;
  }

  /** Returns the tag of its event type; {@link #ANY_TYPE} where every type counts. */
  public int typeTag() {
    return typeTag;
  }

  /** Returns what its events carry. */
  public Kind kind() {
    return kind;
  }

  /** Returns how wide its tiles may be. */
  public TileGrid grid() {
    return grid;
  }

  /** Returns how long its events stay in windows. */
  public long retentionMillis() {
    return retentionMillis;
  }

  /** Returns the gaps by which sessions are told apart, ascending, in milliseconds. */
  public List<Long> gapMillis() {
    return gapMillis;
  }

  /** Returns the decayed sums, by ascending half-life. */
  public List<Decayed> decayed() {
    return decayed;
  }

  /** Returns what is kept at hand for the features. */
  public Needs needs() {
    return needs;
  }

  /** Returns the gaps themselves, which nobody changes. */
  long[] gaps() {
    return gaps;
  }

  /** Returns the tag of an event type, from 1 to 65,535; a part of stored states. */
  public static int typeTag(String eventType) {
    int tag = (int) (RecentIds.hash(eventType) >>> 48);
    return tag == ANY_TYPE ? 1 : tag;
  }

  /** Says whether events of a type can count. */
  public boolean mayCount(int tag) {
    return typeTag == ANY_TYPE || typeTag == tag;
  }

  /** Says whether the values are numbers that tiles add up. */
  public boolean numeric() {
    return kind == Kind.NUMBERS;
  }

  /** Says whether each event that is held has a value. */
  public boolean valued() {
    return kind != Kind.TIMES;
  }
}
