package dev.presage.features.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of the profiles of one partition. */
public interface ProfileKeys {

  /**
   * Returns the keys of profiles in the order of their bytes, unsigned, for whoever goes through
   * all of them a few at a time. Every profile that has been put is met.
   *
   * @param after the key to go on after; null to begin with the first
   * @param most how many to return; fewer are there only at the end
   */
  List<byte[]> keysAfter(byte @Nullable [] after, int most);
}
