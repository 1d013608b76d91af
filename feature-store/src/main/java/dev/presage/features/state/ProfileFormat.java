package dev.presage.features.state;

import org.jspecify.annotations.Nullable;

/**
 * How a {@link ProfileStore} turns profiles into bytes and back. A profile is stored in two parts:
 * a body, which is the whole of it as of some moment, and a head, which is what came after.
 *
 * <p>Profiles are changed by one thread; {@link #decode} is called by any.
 *
 * @param <P> a profile, mutable
 */
public interface ProfileFormat<P> {

  /** Returns the whole profile. */
  byte[] encodeBody(P profile);

  /** Says whether only a body can store the profile, since a head does not hold all that came. */
  boolean needsBody(P profile);

  /**
   * Returns what came after the last body, never called where {@link #needsBody} holds. Whatever it
   * leaves out must be as it was in the body.
   */
  byte[] encodeHead(P profile);

  /** Tells the profile that its body has been written: what comes from now on is for the head. */
  void bodyWritten(P profile);

  /**
   * Returns the profile that bytes stand for; it goes on exactly as the one that was encoded would
   * have, with the same head to come.
   *
   * @param head what came after the body; null for nothing
   * @throws CorruptStateException where they stand for none
   */
  P decode(byte[] body, byte @Nullable [] head);

  /**
   * Returns about how many bytes of heap a decoded profile takes, by which the cache is bounded.
   *
   * @param bodyBytes length of its body; 0 where it was never stored
   */
  int heapBytes(int bodyBytes);

  /**
   * Makes a profile whose body fits, of one whose body is too long for a record of Kafka, and marks
   * it as capped where it can.
   *
   * @param maxBytes length that the body may have
   * @return the same profile or another, to be kept in its place
   */
  P cap(P profile, int maxBytes);
}
