package dev.presage.retrain.rows;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of holding a replay against vectors that were served.
 *
 * @param served vectors that were to be compared
 * @param compared those whose moment was found in the history
 * @param different those of them that the replay does not give
 * @param first the difference at the earliest as-of time; null where there is none
 */
public record ParityResult(long served, long compared, long different, @Nullable Difference first) {
  /** Nothing was compared. */
  public static final ParityResult NONE = new ParityResult(0, 0, 0, null);

  /**
   * The first feature in which a vector differs. It says nothing of whose vector it is.
   *
   * @param feature its name
   * @param replayed what the history gives
   * @param served what was served
   * @param asOf the time at which the vector holds, milliseconds since the epoch
   */
  public record Difference(String feature, double replayed, double served, long asOf) {
    boolean isBefore(Difference other) {
      return asOf != other.asOf ? asOf < other.asOf : feature.compareTo(other.feature) < 0;
    }
  }

  /** Whether the replay gives everything that was compared, bit for bit. */
  public boolean holds() {
    return different == 0;
  }

  /** For people; without personal data. */
  public String words() {
    if (served == 0) {
      return "nothing to compare with: no vector of these features was served at an event";
    }
    String compared =
        "%,d of %,d vectors that were served at events were found in the history"
            .formatted(this.compared, served);
    if (first == null) {
      return compared + ", all equal bit for bit";
    }
    return "%s, %,d differ; first as of %s in feature %s: the history gives %s, served was %s"
        .formatted(
            compared,
            different,
            Instant.ofEpochMilli(first.asOf()),
            first.feature(),
            first.replayed(),
            first.served());
  }
}
