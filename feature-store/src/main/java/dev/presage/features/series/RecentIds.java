package dev.presage.features.series;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event IDs that a profile has seen within the deduplication period, as hashes of 40 bits, with
 * what is needed to find their events again when two profiles become one.
 *
 * <p>An ID is remembered with its arrival, the newest event time that the profile had when it came,
 * and forgotten by that, not by the time of its own event: so the second copy of a late event is
 * found, too, and what is to be forgotten is always at the front.
 *
 * <p>Two different IDs have the same hash with a probability of 2<sup>-40</sup>; an event of a
 * profile with n remembered IDs is wrongly taken for a duplicate with n times that:
 * 10<sup>-11</sup> with ten of them, 5 · 10<sup>-10</sup> with {@value #MAX}.
 *
 * <p>No more than {@value #MAX} IDs are remembered, the newest; a profile that lost some is marked.
 */
public final class RecentIds {
  /** So many IDs are remembered at most. */
  public static final int MAX = 512;

  /** So many bits a hash has. */
  public static final int HASH_BITS = 40;

  private static final int INITIAL_CAPACITY = 4;

  /** So few IDs are looked through. */
  private static final int UNFILTERED = 16;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long[] NONE = {};

  private long[] hashes = NONE;
  private long[] arrivals = NONE;
  private long[] times = NONE;
  private int[] tags = {};
  private long[] counting = NONE;
  private int from;
  private int to;
  private boolean capped;

  /** Of all that are remembered; null while there are too few for it to pay. */
  private @Nullable HashFilter filter;

  /**
   * Returns the hash of a text: FNV-1a over its UTF-16 units, then the finalizer of MurmurHash3,
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

  /** Returns what is remembered of the hash of an ID. */
  public static long shortened(long hash) {
    return hash >>> (Long.SIZE - HASH_BITS);
  }

  /** Says whether an ID with a hash came within a period before a time, in milliseconds. */
  public boolean contains(long hash, long now, long periodMillis) {
    if (to - from > UNFILTERED && !filter().mayHave(hash)) {
      return false;
    }
    long oldest = now - periodMillis;
    for (int i = to - 1; i >= from && arrivals[i] >= oldest; i--) {
      if (hashes[i] == hash) {
        return true;
      }
    }
    return false;
  }

  /** Returns a filter that has every ID that is remembered, and maybe some that were. */
  private HashFilter filter() {
    HashFilter made = filter;
    boolean isNew = made == null;
    if (made == null) {
      made = new HashFilter();
      filter = made;
    }
    if (isNew || made.added() > 2 * MAX) {
      made.clear();
      for (int i = from; i < to; i++) {
        made.add(hashes[i]);
      }
    }
    return made;
  }

  /**
   * Remembers an ID, and forgets what is older than the period.
   *
   * @param hash its hash, {@value #HASH_BITS} bits
   * @param arrival the newest event time of the profile when it came, itself included
   * @param time the time of its event
   * @param typeTag the tag of its event's type
   * @param counting a bit for each of the first 64 series that counts its event, by their index in
   *     the layout
   */
  public void add(
      long hash, long arrival, long time, int typeTag, long counting, long periodMillis) {
    forgetBefore(arrival - periodMillis);
    if (to - from == MAX) {
      from++;
      capped = true;
    }
    append(hash, arrival, time, typeTag, counting);
  }

  /** Appends an ID whose arrival is not before any other's; for decoding. */
  public void append(long hash, long arrival, long time, int typeTag, long countingSeries) {
    if (to == hashes.length) {
      makeRoom();
    }
    hashes[to] = hash;
    arrivals[to] = arrival;
    times[to] = time;
    tags[to] = typeTag;
    counting[to] = countingSeries;
    to++;
    if (filter != null) {
      filter.add(hash);
    }
  }

  /**
   * Makes the union of what two profiles remember; it does not matter which of the two comes first.
   * An ID that both have is remembered by its later arrival.
   */
  public static RecentIds union(RecentIds one, RecentIds other, long now, long periodMillis) {
    Map<Long, Remembered> byHash = new HashMap<>();
    for (RecentIds ids : List.of(one, other)) {
      for (int i = ids.from; i < ids.to; i++) {
        byHash.merge(ids.hashes[i], ids.remembered(i), Remembered::later);
      }
    }
    RecentIds union = new RecentIds();
    union.capped = one.capped || other.capped;
    byHash.values().stream()
        .sorted(Comparator.comparingLong(Remembered::arrival).thenComparing(Remembered::hash))
        .forEach(
            id ->
                union.add(
                    id.hash(), id.arrival(), id.time(), id.typeTag(), id.counting(), periodMillis));
    union.forgetBefore(now - periodMillis);
    return union;
  }

  private record Remembered(long hash, long arrival, long time, int typeTag, long counting) {
    Remembered later(Remembered other) {
      return other.arrival > arrival ? other : this;
    }
  }

  private Remembered remembered(int i) {
    return new Remembered(hashes[i], arrivals[i], times[i], tags[i], counting[i]);
  }

  private int find(long hash, int position) {
    for (int i = position; i < to; i++) {
      if (hashes[i] == hash) {
        return i;
      }
    }
    return -1;
  }

  /** Says whether a hash is remembered, however long ago it came. */
  public boolean has(long hash) {
    return find(hash, from) >= 0;
  }

  public int size() {
    return to - from;
  }

  public long hash(int index) {
    return hashes[from + index];
  }

  /** Returns when an ID came, in milliseconds since 1970; later ones come later. */
  public long arrival(int index) {
    return arrivals[from + index];
  }

  /** Returns the time of its event, in milliseconds since 1970, at or before the arrival. */
  public long time(int index) {
    return times[from + index];
  }

  /** Returns the tag of its event's type, 16 bits. */
  public int typeTag(int index) {
    return tags[from + index];
  }

  /** Returns which of the first 64 series count its event, by their index in the layout. */
  public long counting(int index) {
    return counting[from + index];
  }

  /** Says whether there ever were more IDs within the period than could be remembered. */
  public boolean isCapped() {
    return capped;
  }

  /** Marks that IDs were lost; for decoding. */
  public void markCapped() {
    capped = true;
  }

  private void forgetBefore(long oldest) {
    while (from < to && arrivals[from] < oldest) {
      from++;
    }
  }

  private void makeRoom() {
    if (from > 0 && 2 * from >= to) {
      System.arraycopy(hashes, from, hashes, 0, to - from);
      System.arraycopy(arrivals, from, arrivals, 0, to - from);
      System.arraycopy(times, from, times, 0, to - from);
      System.arraycopy(tags, from, tags, 0, to - from);
      System.arraycopy(counting, from, counting, 0, to - from);
      to -= from;
      from = 0;
    } else {
      int capacity = Math.max(INITIAL_CAPACITY, 2 * hashes.length);
      hashes = Arrays.copyOf(hashes, capacity);
      arrivals = Arrays.copyOf(arrivals, capacity);
      times = Arrays.copyOf(times, capacity);
      tags = Arrays.copyOf(tags, capacity);
      counting = Arrays.copyOf(counting, capacity);
    }
  }
}
