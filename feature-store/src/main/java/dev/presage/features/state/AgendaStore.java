package dev.presage.features.state;

import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.processor.StateStore;

/**
 * What a partition has to remember beside its profiles, for the thread that folds them: how far its
 * time has come, the timers of its profiles by due time, what it keeps of them until a time, and
 * notes. Made by {@link AgendaStoreBuilder}; everything is kept in the same transaction as the
 * profiles.
 */
public interface AgendaStore extends StateStore, Notes {

  /** Does what a timer was armed for. */
  @FunctionalInterface
  interface Handler {
    /** A timer is due, and is armed no more. */
    void due(long dueMillis, byte[] key);
  }

  /** Returns how far the time of the partition has come, in milliseconds since 1970; 0 at first. */
  long clock();

  /** Moves the time of the partition on, never back. */
  void advanceClock(long millis);

  /** Arms a timer; one with the same time and key is armed once. */
  void arm(long dueMillis, byte[] key);

  /**
   * Takes back a timer that was armed with this time and key; does nothing where there is none. A
   * handler of {@link #fire} may still be given one that it takes back itself.
   */
  void disarm(long dueMillis, byte[] key);

  /**
   * Hands over timers, the earliest first. Costs nothing while none is due, however many are armed.
   *
   * @param untilMillis the latest due time that is handed over
   * @param handler may arm timers; one that is due already is handed over as well
   * @param isGoingOn asked before each timer; false leaves the rest for the next call
   * @return whether none is left that is due
   */
  boolean fire(long untilMillis, Handler handler, BooleanSupplier isGoingOn);

  /**
   * Keeps something of an owner until a time.
   *
   * @param dueMillis when it is to be taken
   * @param number tells it from others of the owner with the same time
   */
  void keep(byte[] owner, long dueMillis, long number, byte[] value);

  /**
   * Takes what was kept of an owner, the earliest first.
   *
   * @param untilMillis the latest due time that is taken
   * @return when the next is to be taken; {@link Long#MAX_VALUE} where nothing is left
   */
  long take(byte[] owner, long untilMillis, Taker taker);

  /** Gets what was kept. */
  @FunctionalInterface
  interface Taker {
    /** It was kept until now, and is kept no more. */
    void taken(long dueMillis, long number, byte[] value);
  }

  /**
   * Says whether no timer and no note has changed since Kafka Streams committed last. What followed
   * from those that have is not out before it commits again.
   */
  boolean isWritten();
}
