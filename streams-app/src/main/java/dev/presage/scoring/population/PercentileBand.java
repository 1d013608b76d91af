package dev.presage.scoring.population;

/** Which part of the population a percentile is in, from the best. */
public enum PercentileBand {
  TOP_1(1, "top 1%", 99),
  TOP_5(2, "top 5%", 95),
  TOP_10(3, "top 10%", 90),
  TOP_20(4, "top 20%", 80),
  TOP_50(5, "top 50%", 50),
  REST(6, "rest", 0);

  /** Stands for no band where one is stored as its number. */
  public static final int NONE = 0;

  /** The largest number that stands for a band. */
  public static final int LARGEST = 6;

  private static final PercentileBand[] ALL = values();

  private final int number;
  private final String label;
  private final double from;

  PercentileBand(int number, String label, double from) {
    this.number = number;
    this.label = label;
    this.from = from;
  }

  /** The band of a percentile from 0 to 100. */
  public static PercentileBand of(double percentile) {
    for (PercentileBand band : ALL) {
      if (percentile >= band.from) {
        return band;
      }
    }
    return REST;
  }

  /** What updates call it. */
  public String label() {
    return label;
  }

  /** Stands for it where it is stored, from 1 to 6. */
  public int number() {
    return number;
  }
}
