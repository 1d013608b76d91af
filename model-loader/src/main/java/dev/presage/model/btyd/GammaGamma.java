package dev.presage.model.btyd;

/**
 * The gamma-gamma model of spending: the values of a customer's transactions are gamma distributed
 * with shape {@code p} and a rate that is itself gamma distributed (shape {@code q}, rate {@code
 * v}).
 *
 * <p>Source: Peter Fader, Bruce Hardie, "The Gamma-Gamma Model of Monetary Value" (2013), equation
 * 5; its γ is {@code v} here.
 */
final class GammaGamma {
  private final double p;
  private final double q;
  private final double v;

  GammaGamma(double p, double q, double v) {
    this.p = p;
    this.q = q;
    this.v = v;
  }

  /**
   * Expected value of a transaction of a customer.
   *
   * @param x repeat transactions until now
   * @param mean the mean of their values; not looked at where there is none
   */
  double mean(double x, double mean) {
    return x == 0 ? v * p / (q - 1) : (v + x * mean) * p / (p * x + q - 1);
  }
}
