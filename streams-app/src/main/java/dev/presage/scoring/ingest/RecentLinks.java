package dev.presage.scoring.ingest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which links went out lately, as every event of a person who is logged in carries the
 * same two IDs. A link that is forgotten goes out again, and changes nothing. Used by one thread.
 */
final class RecentLinks {
  private static final int MOST = 10_000;
  private static final float LOAD = 0.75f;

  private final Map<String, String> links =
      new LinkedHashMap<>(MOST, LOAD, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  /** Notes a link; false where it went out lately. */
  boolean isNew(String from, String to) {
    return !to.equals(links.put(from, to));
  }
}
