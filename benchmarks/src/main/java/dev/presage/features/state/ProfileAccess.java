package dev.presage.features.state;

/**
 * How a processor reads and writes profiles in one candidate.
 *
 * @param <P> a profile
 */
interface ProfileAccess<P> {
  P load(byte[] key);

  void save(byte[] key, P profile);
}
