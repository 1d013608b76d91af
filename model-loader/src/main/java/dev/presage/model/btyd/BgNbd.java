package dev.presage.model.btyd;

/**
 * The beta-geometric/NBD model of repeat buying: a customer buys at random with a rate that is
 * gamma distributed (shape {@code r}, rate {@code alpha}), and after each repeat transaction is
 * gone for good with a probability that is beta distributed ({@code a}, {@code b}).
 *
 * <p>Source: [1] Peter Fader, Bruce Hardie, Ka Lok Lee, "Counting Your Customers the Easy Way: An
 * Alternative to the Pareto/NBD Model", Marketing Science 24 (2005), equations 10 and 11. [2] NIST
 * Digital Library of Mathematical Functions, 15.8.1.
 *
 * <p>The expected number of transactions of [1] is {@code C/(a−1) · (1 − w^(r+x) F(r+x, b+x; C;
 * z))}, with {@code C = a+b+x−1}, {@code w = (alpha+T)/(alpha+T+t)} and {@code z = 1−w}. As it
 * stands it cannot be computed at {@code a = 1}, and beyond some hundred transactions its factors
 * leave the range of a double. Euler's transformation [2] makes {@code w^(a−1) F(a+b−r−1, a−1; C;
 * z)} of the product. All terms of this series but the first, 1, have the factor {@code (a−1)/C},
 * which cancels:
 *
 * <pre>
 *   C · (1 − w^(a−1)) / (a−1)  −  w^(a−1) · Σ (D)_k (a)_(k−1) / ((C+1)_(k−1) k!) · z^k,  k = 1, 2, …
 * </pre>
 *
 * with {@code D = a+b−r−1}: regular for all parameters, the more so the more a customer has bought.
 */
final class BgNbd {
  /** Beyond it the terms of the series have changing signs and grow; digits are lost. */
  static final double MOST_R = 20;

  /** Up to it {@code w^(a−1)} is within the range of a double at any horizon. */
  static final double MOST_A = 100;

  static final double MOST_B = 1e6;

  /** At this many times {@code alpha} the series takes some 30,000 terms for a new customer. */
  static final double MOST_HORIZON = 1000;

  private static final int MOST_TERMS = 200_000;
  private static final double PRECISION = 1e-16;

  private final double r;
  private final double alpha;
  private final double a;
  private final double b;

  BgNbd(double r, double alpha, double a, double b) {
    this.r = r;
    this.alpha = alpha;
    this.a = a;
    this.b = b;
  }

  /**
   * Probability that a customer has not gone for good.
   *
   * @param x repeat transactions until now
   * @param recency time of the last of them since the first transaction, 0 where there is none
   * @param age time since the first transaction
   */
  double alive(double x, double recency, double age) {
    if (x == 0) {
      return 1;
    }
    double odds = a / (b + x - 1) * Math.exp((r + x) * Math.log((alpha + age) / (alpha + recency)));
    return 1 / (1 + odds);
  }

  /**
   * Expected number of transactions within the horizon, which begins now.
   *
   * @param x repeat transactions until now
   * @param recency time of the last of them since the first transaction, 0 where there is none
   * @param age time since the first transaction
   * @param horizon how long, in the same unit
   */
  double transactions(double x, double recency, double age, double horizon) {
    double c = a + b + x - 1;
    double d = a + b - r - 1;
    double z = horizon / (alpha + age + horizon);
    double log = -Math.log1p(horizon / (alpha + age));
    double power = Math.exp((a - 1) * log);
    double first = a == 1 ? -log : -Math.expm1((a - 1) * log) / (a - 1);
    double term = power * d * z;
    double sum = term;
    for (int k = 2; k <= MOST_TERMS && Math.abs(term) > PRECISION * (1 - z) * Math.abs(sum); k++) {
      term *= (d + k - 1) * (a + k - 2) / ((c + k - 1) * k) * z;
      sum += term;
    }
    return (c * first - sum) * alive(x, recency, age);
  }
}
