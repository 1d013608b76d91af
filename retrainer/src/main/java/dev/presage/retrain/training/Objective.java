package dev.presage.retrain.training;

import dev.presage.retrain.regression.Loss;
import dev.presage.retrain.rows.Rows;
import java.util.Map;

/** What is foretold of a row, and what a wrong prediction of it costs. */
public enum Objective {
  /** That the target happens: a probability. */
  LIKELIHOOD(Loss.LOGISTIC) {
    @Override
    Map<String, Object> asXgboost() {
      return Map.of("objective", "binary:logistic");
    }

    @Override
    public double label(Rows rows, int row) {
      return rows.positive(row) ? 1 : 0;
    }
  },

  /**
   * An amount. Most amounts are 0 and a few are large; what is wanted of them is the mean, so that
   * sums come out right. One below 0, more given back than bought, is learned as 0.
   */
  VALUE(Loss.TWEEDIE) {
    @Override
    Map<String, Object> asXgboost() {
      return Map.of("objective", "reg:tweedie", "tweedie_variance_power", 1.5);
    }

    @Override
    public double label(Rows rows, int row) {
      return Math.max(0, rows.label(row));
    }
  };

  private final Loss loss;

  Objective(Loss loss) {
    this.loss = loss;
  }

  /** What a margin costs beside a label. */
  public Loss loss() {
    return loss;
  }

  /** What models are fitted to. */
  public abstract double label(Rows rows, int row);

  /** What models are fitted to, row by row. */
  public double[] labels(Rows rows) {
    double[] labels = new double[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = label(rows, row);
    }
    return labels;
  }

  /** By the names that XGBoost gives them. */
  abstract Map<String, Object> asXgboost();
}
