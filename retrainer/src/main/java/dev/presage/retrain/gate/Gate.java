package dev.presage.retrain.gate;

import dev.presage.retrain.evaluation.Difference;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.LikelihoodFigure;
import dev.presage.retrain.gate.GateDecision.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A model passes where it ranks held-out rows better than the baseline, and neither ranks nor
 * foretells them worse than the model that is live. Better and worse are beyond chance: the 95%
 * interval of the difference, from resamples in which both have the same rows, does not reach 0.
 */
public final class Gate {
  private Gate() {}

  /**
   * Decides what becomes of a model.
   *
   * @param model on held-out rows, with resamples
   * @param baseline what it has to be better than
   * @param incumbent the model that is live; what it must not be worse than
   */
  public static GateDecision decide(
      Evaluation model, Rival baseline, Optional<Rival> incumbent, GatePolicy policy) {
    List<String> reasons = new ArrayList<>();
    boolean passed = isBetter(model, baseline, reasons);
    if (passed && incumbent.isPresent()) {
      passed = isNotWorse(model, incumbent.get(), reasons);
    }
    Next next = passed ? next(policy) : Next.REJECT;
    switch (next) {
      case ASK -> reasons.add("it waits as a shadow for a person's approval");
      case SHADOW -> reasons.add("it is a shadow until its figures in service agree");
      case REJECT, LIVE -> {
        // The figures say it all.
      }
    }
    return new GateDecision(next, String.join("; ", reasons));
  }

  private static Next next(GatePolicy policy) {
    if (policy.approvalRequired()) {
      return Next.ASK;
    }
    return policy.shadowFirst() ? Next.SHADOW : Next.LIVE;
  }

  private static boolean isBetter(Evaluation model, Rival rival, List<String> reasons) {
    Optional<Difference> difference = model.difference(LikelihoodFigure.AUC, rival.evaluation());
    if (difference.isEmpty()) {
      reasons.add(incomparable(model, rival));
      return false;
    }
    boolean better = difference.get().interval().low() > 0;
    reasons.add(
        compared(
            model,
            rival,
            LikelihoodFigure.AUC,
            difference.get(),
            better ? "is better than" : "is not better than"));
    return better;
  }

  private static boolean isNotWorse(Evaluation model, Rival rival, List<String> reasons) {
    Optional<Difference> ranking = model.difference(LikelihoodFigure.AUC, rival.evaluation());
    Optional<Difference> loss = model.difference(LikelihoodFigure.LOG_LOSS, rival.evaluation());
    if (ranking.isEmpty() || loss.isEmpty()) {
      reasons.add(incomparable(model, rival));
      return false;
    }
    boolean ranksWorse = ranking.get().interval().high() < 0;
    boolean foretellsWorse = loss.get().interval().low() > 0;
    reasons.add(
        compared(
            model,
            rival,
            LikelihoodFigure.AUC,
            ranking.get(),
            ranksWorse ? "is worse than" : "is not worse than"));
    reasons.add(
        compared(
            model,
            rival,
            LikelihoodFigure.LOG_LOSS,
            loss.get(),
            foretellsWorse ? "is worse than" : "is not worse than"));
    return !ranksWorse && !foretellsWorse;
  }

  private static String compared(
      Evaluation model,
      Rival rival,
      LikelihoodFigure figure,
      Difference difference,
      String verdict) {
    return String.format(
        Locale.ROOT,
        "%s %.4f on %d held-out rows %s %.4f of %s: the difference is %+.4f, its 95%% interval"
            + " %+.4f to %+.4f",
        figure == LikelihoodFigure.AUC ? "AUC" : "log loss",
        model.value(figure),
        model.rows(),
        verdict,
        rival.evaluation().value(figure),
        rival.name(),
        difference.value(),
        difference.interval().low(),
        difference.interval().high());
  }

  private static String incomparable(Evaluation model, Rival rival) {
    return "it cannot be compared with %s on %d held-out rows, %d of them positive: give it more profiles with either outcome"
        .formatted(rival.name(), model.rows(), model.positives());
  }
}
