package dev.presage.retrain.baseline;

import dev.presage.retrain.regression.LinkedRegression;
import dev.presage.retrain.regression.Loss;
import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.TraitKind;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/** What a single feature is scaled to, so that it foretells what a trait is of. */
public enum Scale {
  /** A probability: {@code 1 / (1 + exp(-(intercept + slope * x)))}. */
  PROBABILITY(Ranking.OF_OUTCOMES) {
    @Override
    double predict(double intercept, double slope, double value) {
      return 1 / (1 + Math.exp(-(intercept + slope * value)));
    }

    @Override
    Line fit(double[] values, Rows rows) {
      LogisticLine line = LogisticLine.fit(values, rows.outcomes());
      return new Line(line.intercept(), line.slope());
    }

    @Override
    double constant(Rows rows) {
      return mean(rows, rows.outcomes());
    }
  },

  /**
   * An amount: {@code exp(intercept + slope * sign(x) * log(1 + |x|))}. It grows as a power of the
   * feature, so that one that is a hundred times as large does not make it e to the hundred, and is
   * never below 0. Fitted by the loss that models of amounts are fitted by.
   */
  AMOUNT(Ranking.OF_AMOUNTS) {
    @Override
    public List<Ranking> telltales() {
      return List.of(Ranking.OF_AMOUNTS, Ranking.OF_OUTCOMES);
    }

    @Override
    double predict(double intercept, double slope, double value) {
      return Math.exp(intercept + slope * logarithm(value));
    }

    @Override
    Line fit(double[] values, Rows rows) {
      double[] x = Arrays.stream(values).map(Scale::logarithm).toArray();
      StreamingStatistics moments = new StreamingStatistics();
      for (double value : x) {
        moments.addValue(value);
      }
      double mean = moments.getMean();
      double deviation = moments.getStandardDeviation();
      double[][] z = new double[x.length][];
      Arrays.setAll(z, row -> new double[] {(x[row] - mean) / deviation});
      LinkedRegression regression =
          new LinkedRegression(Loss.TWEEDIE, z, amounts(rows), rows.weights());
      double[] beta = regression.fit(RIDGE, regression.start(1));
      double slope = beta[1] / deviation;
      return new Line(beta[0] - slope * mean, slope);
    }

    @Override
    double constant(Rows rows) {
      return mean(rows, amounts(rows));
    }
  };

  /** Beside the mean loss of a row; so that a fit ends whatever the feature. */
  private static final double RIDGE = 1e-6;

  private final Ranking ranking;

  Scale(Ranking ranking) {
    this.ranking = ranking;
  }

  /** A line on the inner scale. */
  record Line(double intercept, double slope) {}

  /**
   * The scale of a trait.
   *
   * @throws IllegalArgumentException of a class, which no number foretells
   */
  public static Scale of(TraitKind kind) {
    return switch (kind) {
      case LIKELIHOOD -> PROBABILITY;
      case VALUE -> AMOUNT;
      case CLASS -> throw new IllegalArgumentException("A class has no baseline");
    };
  }

  /** By what the best feature is chosen. */
  public Ranking ranking() {
    return ranking;
  }

  /** A feature that is too good by any of these knows what comes. */
  public List<Ranking> telltales() {
    return List.of(ranking);
  }

  abstract double predict(double intercept, double slope, double value);

  /**
   * Fits the line.
   *
   * @param values finite, row by row, not all the same
   */
  abstract Line fit(double[] values, Rows rows);

  /** The mean of what happened to rows, at least one, by their weight. */
  abstract double constant(Rows rows);

  private static double logarithm(double value) {
    return Math.copySign(Math.log1p(Math.abs(value)), value);
  }

  /** As models learn them: one below 0 is 0. */
  private static double[] amounts(Rows rows) {
    return Arrays.stream(rows.labels()).map(it -> Math.max(0, it)).toArray();
  }

  private static double mean(Rows rows, boolean[] outcomes) {
    double[] numbers = new double[outcomes.length];
    Arrays.setAll(numbers, row -> outcomes[row] ? 1 : 0);
    return mean(rows, numbers);
  }

  private static double mean(Rows rows, double[] numbers) {
    double sum = 0;
    double weight = 0;
    for (int row = 0; row < numbers.length; row++) {
      sum += rows.weight(row) * numbers[row];
      weight += rows.weight(row);
    }
    return sum / weight;
  }
}
