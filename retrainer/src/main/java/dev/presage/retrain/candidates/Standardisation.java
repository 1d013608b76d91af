package dev.presage.retrain.candidates;

import dev.presage.retrain.candidates.LinearModel.Term;
import dev.presage.retrain.regression.Loss;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.selection.UsedFeatures;
import java.util.ArrayList;
import java.util.List;

/**
 * From vectors to variables of mean 0 and standard deviation 1, and from slopes over these back to
 * terms over features. A feature that is missing now and then is two variables: its value, 0 where
 * it is missing, and whether it is missing.
 *
 * <p>A published term has no such second variable, but a value to put where the feature is missing:
 * the one at which the slope of the first adds up to the slope of the second.
 */
final class Standardisation {
  /** In place of a slope that is 0, by which nothing could be divided. */
  private static final double LEAST_SLOPE = 1e-9;

  private final List<Feature> features;
  private final int variables;

  private Standardisation(List<Feature> features, int variables) {
    this.features = features;
    this.variables = variables;
  }

  private record Feature(
      String name, int position, double mean, double scale, int variable, boolean isEverMissing) {}

  /** Of the features that vary, and that are finite wherever they are there. */
  static Standardisation of(UsedFeatures used, Rows rows) {
    List<Feature> features = new ArrayList<>();
    int variables = 0;
    for (int position : used.positions()) {
      Moments moments = Moments.of(rows, position);
      if (moments.isFinite && moments.deviation > 0) {
        boolean isEverMissing = moments.missing > 0;
        features.add(
            new Feature(
                used.schema().get(position),
                position,
                moments.mean,
                moments.deviation,
                variables,
                isEverMissing));
        variables += isEverMissing ? 2 : 1;
      }
    }
    return new Standardisation(features, variables);
  }

  /** Number of variables; 0 where no feature varies. */
  int variables() {
    return variables;
  }

  double[][] apply(Rows rows) {
    double[][] all = new double[rows.size()][variables];
    for (int row = 0; row < all.length; row++) {
      for (Feature feature : features) {
        double value = rows.value(row, feature.position);
        if (!Double.isNaN(value)) {
          all[row][feature.variable] = (value - feature.mean) / feature.scale;
        } else if (feature.isEverMissing) {
          all[row][feature.variable + 1] = 1;
        }
      }
    }
    return all;
  }

  /**
   * The model of an intercept and slopes over the variables.
   *
   * @param beta {@code double[variables + 1]}, the intercept first
   */
  LinearModel model(Loss loss, double[] beta) {
    List<Term> terms = new ArrayList<>();
    for (Feature feature : features) {
      double slope = beta[feature.variable + 1];
      double ofMissing = feature.isEverMissing ? beta[feature.variable + 2] : 0;
      if (ofMissing != 0 && Math.abs(slope) < LEAST_SLOPE) {
        slope = slope < 0 ? -LEAST_SLOPE : LEAST_SLOPE;
      }
      double missing =
          ofMissing == 0 ? feature.mean : feature.mean + feature.scale * ofMissing / slope;
      terms.add(
          new Term(feature.name, feature.position, slope, feature.mean, feature.scale, missing));
    }
    return new LinearModel(loss, beta[0], terms);
  }

  private record Moments(double mean, double deviation, long missing, boolean isFinite) {
    static Moments of(Rows rows, int position) {
      double weight = 0;
      double sum = 0;
      long missing = 0;
      for (int row = 0; row < rows.size(); row++) {
        double value = rows.value(row, position);
        if (Double.isNaN(value)) {
          missing++;
        } else {
          weight += rows.weight(row);
          sum += rows.weight(row) * value;
        }
      }
      double mean = weight == 0 ? 0 : sum / weight;
      double squares = 0;
      for (int row = 0; row < rows.size(); row++) {
        double distance = rows.value(row, position) - mean;
        if (!Double.isNaN(distance)) {
          squares += rows.weight(row) * distance * distance;
        }
      }
      double deviation = weight == 0 ? 0 : Math.sqrt(squares / weight);
      return new Moments(
          mean, deviation, missing, Double.isFinite(mean) && Double.isFinite(deviation));
    }
  }
}
