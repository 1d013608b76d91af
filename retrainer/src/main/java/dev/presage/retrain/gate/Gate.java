package dev.presage.retrain.gate;

import dev.presage.retrain.evaluation.Difference;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Figure;
import dev.presage.retrain.evaluation.Interval;
import dev.presage.retrain.evaluation.LikelihoodFigure;
import dev.presage.retrain.evaluation.ValueFigure;
import dev.presage.retrain.gate.GateDecision.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A model of likelihoods passes where it ranks held-out rows better than the baseline, one of
 * amounts where it foretells them better and does not rank them worse; and either where it neither
 * ranks nor foretells them worse than the model that is live. Better and worse are beyond chance:
 * the 95% interval of the difference, from resamples in which both have the same rows, does not
 * reach 0.
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
      passed = isNotWorse(model, incumbent.get(), List.of(model.ranking(), model.loss()), reasons);
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
    return switch (model.ranking()) {
      case LikelihoodFigure ranking -> isBetter(model, rival, ranking, reasons);
      // A rank is not enough of an amount: it is added up.
      case ValueFigure ranking ->
          isBetter(model, rival, model.loss(), reasons)
              && isNotWorse(model, rival, List.of(ranking), reasons);
    };
  }

  private static boolean isBetter(
      Evaluation model, Rival rival, Figure figure, List<String> reasons) {
    Optional<Difference> difference = model.difference(figure, rival.evaluation());
    if (difference.isEmpty()) {
      reasons.add(incomparable(model, rival));
      return false;
    }
    Interval interval = difference.get().interval();
    boolean better = figure.equals(model.loss()) ? interval.high() < 0 : interval.low() > 0;
    reasons.add(
        compared(
            model,
            rival,
            figure,
            difference.get(),
            better ? "is better than" : "is not better than"));
    return better;
  }

  private static boolean isNotWorse(
      Evaluation model, Rival rival, List<Figure> figures, List<String> reasons) {
    boolean worse = false;
    for (Figure figure : figures) {
      Optional<Difference> difference = model.difference(figure, rival.evaluation());
      if (difference.isEmpty()) {
        reasons.add(incomparable(model, rival));
        return false;
      }
      Interval interval = difference.get().interval();
      boolean isWorse = figure.equals(model.loss()) ? interval.low() > 0 : interval.high() < 0;
      worse |= isWorse;
      reasons.add(
          compared(
              model,
              rival,
              figure,
              difference.get(),
              isWorse ? "is worse than" : "is not worse than"));
    }
    return !worse;
  }

  private static String compared(
      Evaluation model, Rival rival, Figure figure, Difference difference, String verdict) {
    return String.format(
        Locale.ROOT,
        "%s %.4f on %d held-out rows %s %.4f of %s: the difference is %+.4f, its 95%% interval"
            + " %+.4f to %+.4f",
        figure.words(),
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
