package dev.presage.retrain.artefact;

import dev.presage.model.LoadedModel;
import dev.presage.model.Predictor;
import dev.presage.model.contribution.Contributions;
import dev.presage.retrain.candidates.SplitFigures;
import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.FeatureImportance;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What each feature is to a model as a whole. */
final class Importance {
  /** The mean of so many is within some per cent of that of all. */
  private static final int MOST_ROWS = 1000;

  private Importance() {}

  /**
   * The features that the model uses, those first that contribute most. Where a model cannot tell
   * contributions, what counts is by how much its margin moves when a row is given the value of
   * another one.
   *
   * @param splits what its trees say, where it is made of trees
   * @param model the model as it is served
   * @param heldOut rows that it was not trained on, of which an even sample is taken
   */
  static List<FeatureImportance> of(SplitFigures splits, LoadedModel model, Rows heldOut) {
    Rows sample = heldOut.evenly(MOST_ROWS);
    Contributions contributions = model.predictor().contributions();
    double[] sizes =
        contributions == null
            ? exchanged(model.predictor(), sample)
            : contributed(contributions, sample);
    List<String> names = model.features();
    return IntStream.range(0, names.size())
        .filter(feature -> splits.cover(feature) > 0 || sizes[feature] > 0)
        .mapToObj(
            feature ->
                new FeatureImportance(
                    names.get(feature),
                    splits.gain(feature),
                    splits.cover(feature),
                    sizes[feature]))
        .sorted(
            Comparator.comparingDouble(FeatureImportance::getMeanAbsoluteContribution)
                .reversed()
                .thenComparing(FeatureImportance::getFeature))
        .toList();
  }

  private static double[] contributed(Contributions contributions, Rows rows) {
    double[] sizes = new double[rows.features()];
    double[] contributed = new double[rows.features()];
    for (int row = 0; row < rows.size(); row++) {
      contributions.write(0, rows.vector(row), contributed);
      for (int feature = 0; feature < sizes.length; feature++) {
        sizes[feature] += Math.abs(contributed[feature]) / rows.size();
      }
    }
    return sizes;
  }

  /** The other row is half of all rows away, so that it is of another time and profile. */
  private static double[] exchanged(Predictor model, Rows rows) {
    double[] sizes = new double[rows.features()];
    for (int row = 0; row < rows.size(); row++) {
      double[] vector = rows.vector(row);
      double margin = model.margin(vector);
      int other = (row + rows.size() / 2) % rows.size();
      for (int feature = 0; feature < sizes.length; feature++) {
        double own = vector[feature];
        vector[feature] = rows.value(other, feature);
        sizes[feature] += Math.abs(model.margin(vector) - margin) / rows.size();
        vector[feature] = own;
      }
    }
    return sizes;
  }
}
