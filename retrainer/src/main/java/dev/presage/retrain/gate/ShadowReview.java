package dev.presage.retrain.gate;

import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Figure;
import dev.presage.retrain.evaluation.Interval;
import dev.presage.retrain.evaluation.ValueFigure;
import dev.presage.retrain.gate.GateDecision.Next;
import java.util.Locale;
import java.util.Optional;

/**
 * A shadow goes live where its figures in service agree with those on held-out rows: neither the
 * ranking nor the loss is worse beyond both intervals.
 */
public final class ShadowReview {
  /** Of each outcome; below, the figures in service say little. */
  public static final long LEAST_OF_EACH_OUTCOME = 30;

  private ShadowReview() {}

  /**
   * Decides what becomes of a shadow.
   *
   * @param heldOut its figures when it was trained, with resamples
   * @param served the same of what it foretold in service, where that is known, with resamples
   */
  public static GateDecision decide(Evaluation heldOut, Evaluation served, GatePolicy policy) {
    long negatives = served.rows() - served.positives();
    Figure ranking = heldOut.ranking();
    Figure losing = heldOut.loss();
    // Amounts may be above 0 in all rows.
    long least =
        ranking instanceof ValueFigure
            ? served.positives()
            : Math.min(served.positives(), negatives);
    Optional<Interval> rank = served.interval(ranking);
    Optional<Interval> loss = served.interval(losing);
    Optional<Interval> heldOutRank = heldOut.interval(ranking);
    Optional<Interval> heldOutLoss = heldOut.interval(losing);
    if (least < LEAST_OF_EACH_OUTCOME || rank.isEmpty() || loss.isEmpty()) {
      return new GateDecision(
          Next.SHADOW,
          "of what it foretold in service %d positives and %d negatives are known, at least %d of each are needed"
              .formatted(served.positives(), negatives, LEAST_OF_EACH_OUTCOME));
    }
    if (heldOutRank.isEmpty() || heldOutLoss.isEmpty()) {
      return new GateDecision(
          Next.ASK, "its figures on held-out rows have no intervals; a person has to decide");
    }
    boolean ranksWorse = rank.get().high() < heldOutRank.get().low();
    boolean foretellsWorse = loss.get().low() > heldOutLoss.get().high();
    String figures =
        figures(ranking, served, rank.get(), heldOut, heldOutRank.get())
            + "; "
            + figures(losing, served, loss.get(), heldOut, heldOutLoss.get());
    if (ranksWorse || foretellsWorse) {
      return new GateDecision(
          Next.REJECT, "its figures in service are worse than on held-out rows: " + figures);
    }
    return new GateDecision(
        policy.approvalRequired() ? Next.ASK : Next.LIVE,
        "its figures in service agree with those on held-out rows: " + figures);
  }

  private static String figures(
      Figure figure,
      Evaluation served,
      Interval servedInterval,
      Evaluation heldOut,
      Interval heldOutInterval) {
    return String.format(
        Locale.ROOT,
        "%s %.4f (%.4f to %.4f) in service, %.4f (%.4f to %.4f) on held-out rows",
        figure.words(),
        served.value(figure),
        servedInterval.low(),
        servedInterval.high(),
        heldOut.value(figure),
        heldOutInterval.low(),
        heldOutInterval.high());
  }
}
