package dev.presage.features.state;

import org.jspecify.annotations.Nullable;

/** Small things that a partition remembers under a name. */
public interface Notes {

  /** Returns a note; null where there is none. */
  byte @Nullable [] note(String name);

  /** Keeps a note, or forgets it where the value is null. */
  void note(String name, byte @Nullable [] value);
}
