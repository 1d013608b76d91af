package dev.presage.features.state;

import org.apache.kafka.common.utils.Bytes;

/** A decoded profile, and what is stored of it; no two are equal. */
final class CachedProfile<P> {
  final Bytes key;
  P profile;

  /** Generation of the stored body; 0 where there is none. */
  long generation;

  /** Records written since the stored body, itself included; 0 where a body must come next. */
  int writes;

  /** Bytes of these. */
  long spent;

  /** Length of the stored body. */
  int bodyBytes;

  /** What the cache counts it as. */
  int weight;

  CachedProfile(Bytes key, P profile) {
    this.key = key;
    this.profile = profile;
  }

  /**
   * Says whether a head of a length keeps the bytes low: whether it is shorter than the average of
   * the writes since the body, the body included. With heads that grow evenly, a new body in the
   * place of the first that is not gives the fewest bytes in the long run.
   */
  boolean pays(int headBytes) {
    return headBytes * (long) writes < spent;
  }

  void wroteHead(int headBytes) {
    writes++;
    spent += headBytes;
  }

  void wroteBody(int storedBytes) {
    writes = 1;
    spent = storedBytes;
    bodyBytes = storedBytes;
  }
}
