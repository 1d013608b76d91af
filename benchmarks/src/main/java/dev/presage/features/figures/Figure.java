package dev.presage.features.figures;

import java.util.List;

/** What is measured of the feature store, and what is asked of it. */
public enum Figure {
  APPLY_AND_VECTOR(
      "applyAndVectorNanos", "apply and vector, decoded, 200 events", "ns", Bound.AT_MOST, 1_500),
  ROUND_TRIP(
      "roundTripNanos", "decode, apply, vector, encode, 200 events", "ns", Bound.AT_MOST, 6_000),
  WINDOW_COST_RATIO(
      "windowCostRatio", "10,000 events in the window against 10", "times", Bound.AT_MOST, 1.5),
  ENCODED_SMALL("encodedBytesSmall", "encoded profile, 20 events", "bytes", Bound.AT_MOST, 160),
  ENCODED("encodedBytes", "encoded profile, 200 events", "bytes", Bound.AT_MOST, 1_000),
  ENCODED_HUGE(
      "encodedBytesHuge", "encoded profile, 1 million events", "bytes", Bound.AT_MOST, 16_000),
  ALLOCATED("allocatedBytesPerEvent", "garbage per event, decoded", "bytes", Bound.AT_MOST, 0),
  CHANGELOG("changelogBytesPerEvent", "changelog per event", "bytes", Bound.AT_MOST, 200),
  STORE_SPEEDUP(
      "storeSpeedup", "events/s against whole profiles put", "times", Bound.AT_LEAST, 1.5);

  /** On which side of the target a figure has to be. */
  public enum Bound {
    AT_MOST("at most"),
    AT_LEAST("at least");

    private final String words;

    Bound(String words) {
      this.words = words;
    }

    /** Returns it for people. */
    public String words() {
      return words;
    }
  }

  private final String key;
  private final String meaning;
  private final String unit;
  private final Bound bound;
  private final double target;

  Figure(String key, String meaning, String unit, Bound bound, double target) {
    this.key = key;
    this.meaning = meaning;
    this.unit = unit;
    this.bound = bound;
    this.target = target;
  }

  /** Returns all, in the order in which they are reported. */
  public static List<Figure> all() {
    return List.of(values());
  }

  /** Returns its key in the JSON. */
  public String key() {
    return key;
  }

  /** Returns what it is, for people. */
  public String meaning() {
    return meaning;
  }

  /** Returns the unit. */
  public String unit() {
    return unit;
  }

  /** Returns on which side of the target it has to be. */
  public Bound bound() {
    return bound;
  }

  /** Returns the target, in the unit. */
  public double target() {
    return target;
  }

  /** Says whether a measured value is what is asked. */
  public boolean isMet(double measured) {
    return bound == Bound.AT_MOST ? measured <= target : measured >= target;
  }
}
