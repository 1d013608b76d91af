package dev.presage.retrain.gate;

import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Interval;
import dev.presage.retrain.evaluation.LikelihoodFigure;
import dev.presage.retrain.gate.GateDecision.Next;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A shadow goes live where its figures in service agree with those on held-out rows: neither AUC
 * nor log loss is worse beyond both intervals.
 */
public final class ShadowReview {
  /** Of each outcome; below, the figures in service say little. */
  public static final long LEAST_OF_EACH_OUTCOME = 30;

  private ShadowReview() {}

  /**
   * Decides what becomes of a shadow.
   *
   * @param heldOut its figures on held-out rows when it was trained, by name, with their intervals
   *     under {@code <name>.low} and {@code <name>.high}
   * @param served the same of what it foretold in service, where that is known, with resamples
   */
  public static GateDecision decide(Map<String, Double> heldOut, Evaluation served) {
    long negatives = served.rows() - served.positives();
    Optional<Interval> auc = served.interval(LikelihoodFigure.AUC);
    Optional<Interval> loss = served.interval(LikelihoodFigure.LOG_LOSS);
    if (Math.min(served.positives(), negatives) < LEAST_OF_EACH_OUTCOME
        || auc.isEmpty()
        || loss.isEmpty()) {
      return new GateDecision(
          Next.SHADOW,
          "of what it foretold in service %d positives and %d negatives are known, at least %d of each are needed"
              .formatted(served.positives(), negatives, LEAST_OF_EACH_OUTCOME));
    }
    Optional<Interval> heldOutAuc = interval(heldOut, LikelihoodFigure.AUC);
    Optional<Interval> heldOutLoss = interval(heldOut, LikelihoodFigure.LOG_LOSS);
    if (heldOutAuc.isEmpty() || heldOutLoss.isEmpty()) {
      return new GateDecision(
          Next.ASK, "its figures on held-out rows have no intervals; a person has to decide");
    }
    boolean ranksWorse = auc.get().high() < heldOutAuc.get().low();
    boolean foretellsWorse = loss.get().low() > heldOutLoss.get().high();
    String figures =
        figures("AUC", served.auc(), auc.get(), heldOutAuc.get())
            + "; "
            + figures("log loss", served.logLoss(), loss.get(), heldOutLoss.get());
    if (ranksWorse || foretellsWorse) {
      return new GateDecision(
          Next.REJECT, "its figures in service are worse than on held-out rows: " + figures);
    }
    return new GateDecision(
        Next.LIVE, "its figures in service agree with those on held-out rows: " + figures);
  }

  private static Optional<Interval> interval(Map<String, Double> figures, LikelihoodFigure figure) {
    Double low = figures.get(figure.key() + ".low");
    Double high = figures.get(figure.key() + ".high");
    return low == null || high == null ? Optional.empty() : Optional.of(new Interval(low, high));
  }

  private static String figures(String name, double value, Interval served, Interval heldOut) {
    return String.format(
        Locale.ROOT,
        "%s %.4f (%.4f to %.4f) in service, %.4f to %.4f on held-out rows",
        name,
        value,
        served.low(),
        served.high(),
        heldOut.low(),
        heldOut.high());
  }
}
