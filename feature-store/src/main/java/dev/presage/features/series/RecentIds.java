package dev.presage.features.series;

import java.util.Arrays;

/**
 * The event IDs that a profile has seen within the deduplication period, as 64-bit hashes.
 *
 * <p>An ID is remembered with the newest event time that the profile had when it came, and not with
 * the time of its own event: so the second copy of a late event is found, too, and what is to be
 * forgotten is always at the front. That time is kept in whole minutes, so an ID may be remembered
 * up to a minute longer than the period.
 *
 * <p>Two different IDs have the same hash with a probability of 2<sup>-64</sup>; an event of a
 * profile with n remembered IDs is wrongly taken for a duplicate with n times that, at most
 * 2<sup>-55</sup>.
 *
 * <p>No more than {@value #MAX} IDs are remembered, the newest; a profile that lost some is marked.
 */
public final class RecentIds {
  /** So many IDs are remembered at most. */
  public static final int MAX = 512;

  private static final int INITIAL_CAPACITY = 4;
  private static final long MILLIS_IN_MINUTE = 60_000;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long[] hashes = new long[INITIAL_CAPACITY];
  private int[] minutes = new int[INITIAL_CAPACITY];
  private int from;
  private int to;
  private boolean capped;

  /**
   * Returns the hash of an ID: FNV-1a over its UTF-16 units, then the finalizer of MurmurHash3,
   * which spreads every bit over all. It is a part of stored states and never changes.
   */
  public static long hash(String id) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  /** Says whether an ID with a hash came within a period before a time, in milliseconds. */
  public boolean contains(long hash, long now, long periodMillis) {
    long oldest = (now - periodMillis) / MILLIS_IN_MINUTE;
    for (int i = to - 1; i >= from && minutes[i] >= oldest; i--) {
      if (hashes[i] == hash) {
        return true;
      }
    }
    return false;
  }

  /**
   * Remembers the hash of an ID that came when a time was the newest, and forgets what is older
   * than the period.
   */
  public void add(long hash, long now, long periodMillis) {
    long oldest = (now - periodMillis) / MILLIS_IN_MINUTE;
    while (from < to && minutes[from] < oldest) {
      from++;
    }
    if (to - from == MAX) {
      from++;
      capped = true;
    }
    append(hash, (int) (now / MILLIS_IN_MINUTE));
  }

  /** Appends a hash with the minute of its time; for decoding, the oldest first. */
  public void append(long hash, int minute) {
    if (to == hashes.length) {
      makeRoom();
    }
    hashes[to] = hash;
    minutes[to] = minute;
    to++;
  }

  public int size() {
    return to - from;
  }

  public long hash(int index) {
    return hashes[from + index];
  }

  /** Returns when an ID came, in minutes since 1970. */
  public int minute(int index) {
    return minutes[from + index];
  }

  /** Says whether there ever were more IDs within the period than could be remembered. */
  public boolean isCapped() {
    return capped;
  }

  /** Marks that IDs were lost; for decoding. */
  public void markCapped() {
    capped = true;
  }

  private void makeRoom() {
    if (2 * from >= to) {
      System.arraycopy(hashes, from, hashes, 0, to - from);
      System.arraycopy(minutes, from, minutes, 0, to - from);
      to -= from;
      from = 0;
    } else {
      hashes = Arrays.copyOf(hashes, 2 * hashes.length);
      minutes = Arrays.copyOf(minutes, 2 * minutes.length);
    }
  }
}
