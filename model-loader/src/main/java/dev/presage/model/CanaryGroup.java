package dev.presage.model;

/**
 * The canonical IDs whose value comes from a canary: a share of all, the same on every instance and
 * after every restart. The IDs of a smaller share are among those of a larger one, so that nobody
 * is moved back when a canary grows; the groups of two traits have nothing to do with each other.
 *
 * <p>An ID's place in [0, 1) is FNV-1a of 64 bits over the trait, a line feed and the ID, each char
 * taken high byte first, its bits then mixed as MurmurHash3 finishes. The group is the places below
 * the share. Immutable; {@link #includes} allocates nothing.
 */
public final class CanaryGroup {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long salt;
  private final double share;

  private CanaryGroup(long salt, double share) {
    this.salt = salt;
    this.share = share;
  }

  /**
   * The group of a trait.
   *
   * @param share in [0, 1]
   */
  public static CanaryGroup of(String trait, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The share must be from 0 to 1, but is " + share);
    }
    return new CanaryGroup(hash(hash(FNV_OFFSET, trait), "\n"), share);
  }

  /** How many of all canonical IDs are in it, from 0 to 1. */
  public double share() {
    return share;
  }

  /** Whether a canonical ID is in it. */
  public boolean includes(String canonicalId) {
    return (mixed(hash(salt, canonicalId)) >>> 11) * 0x1p-53 < share;
  }

  private static long hash(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      hash = (hash ^ (unit >>> Byte.SIZE)) * FNV_PRIME;
      hash = (hash ^ (unit & 0xff)) * FNV_PRIME;
    }
    return hash;
  }

  private static long mixed(long hash) {
    long mixed = hash;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
