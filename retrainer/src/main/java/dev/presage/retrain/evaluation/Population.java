package dev.presage.retrain.evaluation;

/**
 * What a profile had to do with a target before the as-of time of a row. A model that only tells
 * those who have done it from those who never have says nothing within either.
 */
public enum Population {
  /** It never happened. */
  NEVER("never", "never"),
  /** It happened for the first time within the last horizon. */
  NEW("new", "new to the target"),
  /** It happened more than a horizon ago for the first time, and within the last two as well. */
  HAS_DONE_IT("hasDoneIt", "has done it"),
  /** It happened last more than two horizons ago. */
  LAPSED("lapsed", "lapsed");

  private static final int HORIZONS_UNTIL_LAPSED = 2;

  private final String key;
  private final String words;

  Population(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** Its name among the metrics of an artefact. */
  public String key() {
    return key;
  }

  /** As people call it. */
  public String words() {
    return words;
  }

  /**
   * The population of a row; all times are milliseconds since the epoch.
   *
   * @param first when the target happened first, at or before the as-of time; {@link
   *     Long#MIN_VALUE} where it did not
   * @param last when it happened last, at or before the as-of time; the same where it did not
   * @param horizonMillis how far the trait looks ahead
   */
  public static Population of(long first, long last, long asOf, long horizonMillis) {
    if (last == Long.MIN_VALUE) {
      return NEVER;
    }
    if (asOf - last > HORIZONS_UNTIL_LAPSED * horizonMillis) {
      return LAPSED;
    }
    return asOf - first <= horizonMillis ? NEW : HAS_DONE_IT;
  }
}
