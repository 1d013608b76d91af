package dev.presage.retrain.gate;

import dev.presage.retrain.evaluation.Evaluation;
import java.util.Locale;

/** A model goes live only where it ranks held-out rows better than the baseline does. */
public final class Gate {
  private Gate() {}

  /**
   * Decides by the area under the curve on the same rows.
   *
   * @param baselineName feature of the baseline, for the reason
   */
  public static GateDecision decide(Evaluation model, Evaluation baseline, String baselineName) {
    boolean better = model.auc() > baseline.auc();
    return new GateDecision(
        better,
        String.format(
            Locale.ROOT,
            "AUC %.4f on %d held-out rows is %s than %.4f of the baseline %s",
            model.auc(),
            model.rows(),
            better ? "better" : "not better",
            baseline.auc(),
            baselineName));
  }
}
