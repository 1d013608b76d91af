package dev.presage.retrain.baseline;

import dev.presage.retrain.evaluation.NormalisedGini;
import dev.presage.retrain.evaluation.RocAuc;
import dev.presage.retrain.rows.Rows;
import java.util.function.ToDoubleFunction;

/**
 * How well numbers order rows by what happened to them, on one scale: 1 is the best order, 0.5
 * none, 0 the reverse; NaN where it cannot be told.
 */
public enum Ranking {
  /** Whether the target happened: the area under the ROC curve. */
  OF_OUTCOMES {
    @Override
    public ToDoubleFunction<double[]> on(Rows rows) {
      boolean[] outcomes = rows.outcomes();
      return values -> RocAuc.of(values, outcomes);
    }

    @Override
    public String words() {
      return "ranks the target with an AUC of";
    }

    @Override
    public double figure(double ranking) {
      return ranking;
    }
  },

  /**
   * How much it came to: half of 1 and the normalised Gini. Of amounts that are 0 or 1 this is the
   * area under the ROC curve.
   */
  OF_AMOUNTS {
    @Override
    public ToDoubleFunction<double[]> on(Rows rows) {
      NormalisedGini gini = new NormalisedGini(rows.labels());
      return values -> (1 + gini.of(values)) / 2;
    }

    @Override
    public String words() {
      return "orders the amounts with a normalised Gini of";
    }

    @Override
    public double figure(double ranking) {
      return 2 * ranking - 1;
    }
  };

  /**
   * The ranking of rows.
   *
   * @return takes a number for each row, none of them NaN
   */
  public abstract ToDoubleFunction<double[]> on(Rows rows);

  /** What a feature does, before the figure of it. */
  public abstract String words();

  /** What people call such a ranking: itself, or the normalised Gini that it is made of. */
  public abstract double figure(double ranking);
}
