package dev.presage.scoring.population;

/**
 * Bins of equal width in log-odds, ln(p / (1 − p)): 64 a unit from −12 to 12, one below and one
 * above. So a bin is 0.4 percentage points wide at a likelihood of 0.5, and 1.6% of the likelihood
 * where that is small.
 */
final class LikelihoodBins implements Bins {
  static final LikelihoodBins STANDARD = new LikelihoodBins();

  static final String NAME = "log-odds -12 to 12 by 1/64";

  /** Log-odds at which the bins begin and, with the other sign, end. */
  static final int RANGE = 12;

  /** Bins in a unit of log-odds. */
  static final int PER_UNIT = 64;

  private static final int COUNT = 2 * RANGE * PER_UNIT + 2;

  private LikelihoodBins() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int count() {
    return COUNT;
  }

  @Override
  public int bin(double value) {
    if (!(value > 0)) {
      return 0;
    }
    if (value >= 1) {
      return COUNT - 1;
    }
    // StrictMath, so that instances on different machines agree about values between two bins.
    double bin = Math.floor((StrictMath.log(value / (1 - value)) + RANGE) * PER_UNIT) + 1;
    return (int) Math.clamp(bin, 0.0, COUNT - 1.0);
  }

  @Override
  public double from(int bin) {
    if (bin <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return 1 / (1 + StrictMath.exp(RANGE - (bin - 1) / (double) PER_UNIT));
  }
}
