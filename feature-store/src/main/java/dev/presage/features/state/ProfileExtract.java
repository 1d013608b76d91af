package dev.presage.features.state;

import org.jspecify.annotations.Nullable;

/**
 * A part of a profile that can be read without the rest, which costs more to decode.
 *
 * @param <P> a profile
 * @param <E> the part, immutable
 */
public interface ProfileExtract<P, E> {

  /** The part of a decoded profile. */
  E of(P profile);

  /**
   * The part of a stored profile.
   *
   * @param body what {@link ProfileFormat#encodeBody} wrote
   * @param head what {@link ProfileFormat#encodeHead} wrote after it; null for nothing
   * @throws IllegalArgumentException when they are not the bytes of a profile
   */
  E read(byte[] body, byte @Nullable [] head);
}
