package dev.presage.features.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * An agenda over a store of bytes in the order of its keys.
 *
 * <pre>{@code
 * key of a note           key of a timer
 * +--------+-----------+  +--------+---------------+------------------+
 * | 0x00   | name,     |  | 0x01   | due, ms since | key, to the end  |
 * |        | UTF-8     |  |        | 1970, 8 bytes |                  |
 * +--------+-----------+  +--------+---------------+------------------+
 *   value: as given         value: 0x00; big-endian, so that the store orders timers by due time
 *
 * key of what is kept
 * +--------+-----------------+-------+---------------+---------+
 * | 0x02   | length of the   | owner | due, ms since | number, |
 * |        | owner, 2 bytes  |       | 1970, 8 bytes | 8 bytes |
 * +--------+-----------------+-------+---------------+---------+
 *   value: as given
 * }</pre>
 *
 * <p>A search for due timers begins where the last one ended: RocksDB keeps what was removed as
 * tombstones for a while, and a search from the beginning would pass them all every time.
 */
final class TimedAgendaStore extends BytesBackedStore<byte[]> implements AgendaStore {
  private static final byte NOTE = 0;
  private static final byte TIMER = 1;
  private static final byte KEPT = 2;
  private static final byte AFTER_TIMERS = KEPT;
  private static final byte[] ARMED = {0};
  private static final String CLOCK = "clock";
  private static final int TIMER_PREFIX_BYTES = 1 + Long.BYTES;
  private static final int KEPT_PREFIX_BYTES = 1 + Short.BYTES;
  private static final int BATCH = 128;

  private long clock;
  private boolean clockMoved;
  private boolean changedSinceFlush;

  /** No timer is due earlier than this. */
  private long noneBefore;

  /** The earliest timer that was armed since the last search. */
  private long armedMeanwhile;

  TimedAgendaStore(KeyValueStore<Bytes, byte[]> inner) {
    super(inner);
  }

  @Override
  public long clock() {
    if (clock == 0) {
      byte[] kept = note(CLOCK);
      clock = kept == null ? 0 : ByteBuffer.wrap(kept).getLong();
    }
    return clock;
  }

  @Override
  public void advanceClock(long millis) {
    if (millis > clock()) {
      clock = millis;
      clockMoved = true;
    }
  }

  @Override
  public void arm(long dueMillis, byte[] key) {
    changedSinceFlush = true;
    inner.put(timerKey(dueMillis, key), ARMED);
    noneBefore = Math.min(noneBefore, dueMillis);
    armedMeanwhile = Math.min(armedMeanwhile, dueMillis);
  }

  @Override
  public void disarm(long dueMillis, byte[] key) {
    changedSinceFlush = true;
    inner.delete(timerKey(dueMillis, key));
  }

  @Override
  public boolean fire(long untilMillis, Handler handler, BooleanSupplier isGoingOn) {
    while (noneBefore <= untilMillis) {
      List<Bytes> due = due(untilMillis);
      armedMeanwhile = Long.MAX_VALUE;
      for (Bytes timer : due) {
        long dueMillis = dueMillis(timer);
        if (armedMeanwhile <= dueMillis) {
          break;
        }
        if (!isGoingOn.getAsBoolean()) {
          return false;
        }
        noneBefore = dueMillis;
        changedSinceFlush = true;
        inner.delete(timer);
        byte[] bytes = timer.get();
        handler.due(dueMillis, Arrays.copyOfRange(bytes, TIMER_PREFIX_BYTES, bytes.length));
      }
    }
    return true;
  }

  /** The next timers; where there are none, finds out when the first one will be due. */
  private List<Bytes> due(long untilMillis) {
    List<Bytes> due = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> timers =
        inner.range(timerKey(noneBefore, new byte[0]), Bytes.wrap(new byte[] {AFTER_TIMERS}))) {
      while (due.size() < BATCH && timers.hasNext()) {
        Bytes timer = timers.next().key;
        if (dueMillis(timer) > untilMillis) {
          if (due.isEmpty()) {
            noneBefore = dueMillis(timer);
          }
          return due;
        }
        due.add(timer);
      }
    }
    if (due.isEmpty()) {
      noneBefore = Long.MAX_VALUE;
    }
    return due;
  }

  @Override
  public void keep(byte[] owner, long dueMillis, long number, byte[] value) {
    inner.put(keptKey(owner, dueMillis, number), value);
  }

  @Override
  public long take(byte[] owner, long untilMillis, Taker taker) {
    List<KeyValue<Bytes, byte[]>> due = new ArrayList<>();
    long next = Long.MAX_VALUE;
    try (KeyValueIterator<Bytes, byte[]> kept =
        inner.range(keptKey(owner, 0, 0), keptKey(owner, Long.MAX_VALUE, Long.MAX_VALUE))) {
      while (next == Long.MAX_VALUE && kept.hasNext()) {
        KeyValue<Bytes, byte[]> one = kept.next();
        long dueMillis = keptUntil(one.key, owner);
        if (dueMillis <= untilMillis) {
          due.add(one);
        } else {
          next = dueMillis;
        }
      }
    }
    for (KeyValue<Bytes, byte[]> one : due) {
      inner.delete(one.key);
      int after = KEPT_PREFIX_BYTES + owner.length + Long.BYTES;
      taker.taken(
          keptUntil(one.key, owner), ByteBuffer.wrap(one.key.get()).getLong(after), one.value);
    }
    return next;
  }

  private static Bytes keptKey(byte[] owner, long dueMillis, long number) {
    return Bytes.wrap(
        ByteBuffer.allocate(KEPT_PREFIX_BYTES + owner.length + 2 * Long.BYTES)
            .put(KEPT)
            .putShort((short) owner.length)
            .put(owner)
            .putLong(dueMillis)
            .putLong(number)
            .array());
  }

  private static long keptUntil(Bytes key, byte[] owner) {
    return ByteBuffer.wrap(key.get()).getLong(KEPT_PREFIX_BYTES + owner.length);
  }

  @Override
  public byte @Nullable [] note(String name) {
    return inner.get(noteKey(name));
  }

  @Override
  public void note(String name, byte @Nullable [] value) {
    changedSinceFlush = true;
    if (value == null) {
      inner.delete(noteKey(name));
    } else {
      inner.put(noteKey(name), value);
    }
  }

  @Override
  public boolean isWritten() {
    return !changedSinceFlush;
  }

  @Override
  boolean isHoldingBack() {
    return clockMoved;
  }

  @Override
  public void flushCache() {
    if (clockMoved) {
      note(CLOCK, ByteBuffer.allocate(Long.BYTES).putLong(clock).array());
      clockMoved = false;
    }
    changedSinceFlush = false;
  }

  @Override
  public void clearCache() {
    clock = 0;
    clockMoved = false;
    changedSinceFlush = false;
    noneBefore = 0;
  }

  private static Bytes noteKey(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(1 + utf8.length).put(NOTE).put(utf8).array());
  }

  private static Bytes timerKey(long dueMillis, byte[] key) {
    return Bytes.wrap(
        ByteBuffer.allocate(TIMER_PREFIX_BYTES + key.length)
            .put(TIMER)
            .putLong(dueMillis)
            .put(key)
            .array());
  }

  private static long dueMillis(Bytes timer) {
    return ByteBuffer.wrap(timer.get()).getLong(1);
  }
}
