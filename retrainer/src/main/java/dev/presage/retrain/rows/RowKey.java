package dev.presage.retrain.rows;

/**
 * A row's place in the sampling order: 64 bits that look random but depend on the row alone, so
 * that every replay samples the same rows. FNV-1a over the profile ID, then the finaliser of
 * SplitMix64 (Steele, Lea and Flood, 2014).
 */
final class RowKey {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private RowKey() {}

  /** Hash of a profile, to be used for all of its rows. */
  static long ofProfile(String profileId) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < profileId.length(); i++) {
      hash = (hash ^ profileId.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /** The key of a profile's row with a running number. */
  static long of(long profileHash, int number) {
    long z = profileHash + (number + 1) * GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
