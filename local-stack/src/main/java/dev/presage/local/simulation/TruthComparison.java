package dev.presage.local.simulation;

/** Scores beside the true probabilities of the same moments, by what happened then. */
public final class TruthComparison {
  /** Takes off what a score of exactly 0 or 1 would cost where it is wrong. */
  private static final double LEAST = 1e-15;

  private long rows;
  private long positives;
  private double scoreLoss;
  private double trueLoss;

  /**
   * Adds a moment.
   *
   * @param score what a model said, in [0, 1]
   * @param truth the true probability, in [0, 1]
   */
  void add(double score, double truth, boolean happened) {
    rows++;
    if (happened) {
      positives++;
    }
    scoreLoss += loss(score, happened);
    trueLoss += loss(truth, happened);
  }

  private static double loss(double probability, boolean happened) {
    return -Math.log(Math.max(LEAST, happened ? probability : 1 - probability));
  }

  /** Figures of all that was added. */
  Figures figures() {
    double score = scoreLoss / rows;
    double truth = trueLoss / rows;
    return new Figures(rows, positives, score, truth, score / truth);
  }

  /**
   * How near scores came to the truth.
   *
   * @param rows moments
   * @param positives moments after which it happened
   * @param logLoss mean of the scores' log losses, in nats
   * @param trueLogLoss the same of the true probabilities
   * @param ratio the first divided by the second; NaN without rows
   */
  public record Figures(
      long rows, long positives, double logLoss, double trueLogLoss, double ratio) {}
}
