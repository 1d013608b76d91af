package dev.presage.retrain.gate;

import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Figure;
import dev.presage.retrain.evaluation.Interval;
import dev.presage.retrain.evaluation.ValueFigure;
import dev.presage.retrain.gate.GateDecision.Next;
import java.util.Locale;
import java.util.Map;
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
   * @param heldOut its figures on held-out rows when it was trained, by name, with their intervals
   *     under {@code <name>.low} and {@code <name>.high}
   * @param served the same of what it foretold in service, where that is known, with resamples
   */
  public static GateDecision decide(Map<String, Double> heldOut, Evaluation served) {
    long negatives = served.rows() - served.positives();
    Figure ranking = served.ranking();
    Figure losing = served.loss();
    // Amounts may be above 0 in all rows.
    long least =
        ranking instanceof ValueFigure
            ? served.positives()
            : Math.min(served.positives(), negatives);
    Optional<Interval> rank = served.interval(ranking);
    Optional<Interval> loss = served.interval(losing);
    if (least < LEAST_OF_EACH_OUTCOME || rank.isEmpty() || loss.isEmpty()) {
      return new GateDecision(
          Next.SHADOW,
          "of what it foretold in service %d positives and %d negatives are known, at least %d of each are needed"
              .formatted(served.positives(), negatives, LEAST_OF_EACH_OUTCOME));
    }
    Optional<Interval> heldOutRank = interval(heldOut, ranking);
    Optional<Interval> heldOutLoss = interval(heldOut, losing);
    if (heldOutRank.isEmpty() || heldOutLoss.isEmpty()) {
      return new GateDecision(
          Next.ASK, "its figures on held-out rows have no intervals; a person has to decide");
    }
    boolean ranksWorse = rank.get().high() < heldOutRank.get().low();
    boolean foretellsWorse = loss.get().low() > heldOutLoss.get().high();
    String figures =
        figures(ranking, served, rank.get(), heldOutRank.get())
            + "; "
            + figures(losing, served, loss.get(), heldOutLoss.get());
    if (ranksWorse || foretellsWorse) {
      return new GateDecision(
          Next.REJECT, "its figures in service are worse than on held-out rows: " + figures);
    }
    return new GateDecision(
        Next.LIVE, "its figures in service agree with those on held-out rows: " + figures);
  }

  private static Optional<Interval> interval(Map<String, Double> figures, Figure figure) {
    Double low = figures.get(figure.key() + ".low");
    Double high = figures.get(figure.key() + ".high");
    return low == null || high == null ? Optional.empty() : Optional.of(new Interval(low, high));
  }

  private static String figures(
      Figure figure, Evaluation served, Interval inService, Interval heldOut) {
    return String.format(
        Locale.ROOT,
        "%s %.4f (%.4f to %.4f) in service, %.4f to %.4f on held-out rows",
        figure.words(),
        served.value(figure),
        inService.low(),
        inService.high(),
        heldOut.low(),
        heldOut.high());
  }
}
