package dev.presage.features.state;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.series.RecentIds;
import dev.presage.features.series.SeriesLayout;

/**
 * Reads states of version 1, whose bytes were varints, and which did not know what later ones do.
 */
final class VersionOne {
  static final int VERSION = 1;

  private static final int CAPPED = 1;
  private static final long MILLIS_IN_MINUTE = 60_000;
  private static final long END_OF_TIME = 4_102_444_800_000L;
  private static final int MAX_SERIES = 10_000;

  private VersionOne() {}

  static ProfileState decode(byte[] bytes, FeatureEngine engine) {
    ByteReader in = new ByteReader(bytes);
    in.readByte();
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
    readSeries(state, engine, in);
    if (!in.isAtEnd()) {
      throw in.corrupt("bytes are left over");
    }
    return state;
  }

  /** Reads IDs; of their events neither time nor type was remembered. */
  private static void readIds(ProfileState state, ByteReader in) {
    int size = in.readCount("event IDs", RecentIds.MAX, 1 + Long.BYTES);
    long[] minutes = new long[size];
    long[] hashes = new long[size];
    long minute = state.newestEventMillis() / MILLIS_IN_MINUTE;
    for (int i = size - 1; i >= 0; i--) {
      long before = in.readVarint();
      if (before < 0 || before > minute) {
        throw in.corrupt("an event ID came before 1970");
      }
      minute -= before;
      minutes[i] = minute;
      hashes[i] = RecentIds.shortened(in.readLong());
    }
    for (int i = 0; i < size; i++) {
      long millis = minutes[i] * MILLIS_IN_MINUTE;
      state.recentIds().append(hashes[i], millis, millis, SeriesLayout.ANY_TYPE, 0);
    }
  }

  private static void readSeries(ProfileState state, FeatureEngine engine, ByteReader in) {
    int size = in.readCount("series", MAX_SERIES, VersionOneSeries.MIN_BYTES);
    if (size > 0 && state.isEmpty()) {
      throw in.corrupt("it has series, but no newest event time");
    }
    VersionOneSeries series = new VersionOneSeries(engine, in, state.newestEventMillis());
    long earlier = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      int id = in.readInt();
      if (id <= earlier) {
        throw in.corrupt("series are not ordered by ID");
      }
      earlier = id;
      int index = state.layout().indexOf(id);
      series.read(id, index < 0 ? null : state.series(index));
    }
  }
}
