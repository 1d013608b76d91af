package dev.presage.retrain.artefact;

import dev.presage.model.LoadedModel;
import dev.presage.model.contribution.Contributions;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.training.BoostedTrees;
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
   * The features that the trees split on, those first that contribute most.
   *
   * @param model the trees as they are served
   * @param heldOut rows that they were not trained on, of which an even sample is taken
   * @return none where the model cannot tell contributions
   */
  static List<FeatureImportance> of(BoostedTrees trees, LoadedModel model, Rows heldOut) {
    Contributions contributions = model.predictor().contributions();
    if (contributions == null) {
      return List.of();
    }
    List<String> names = model.features();
    double[] gain = trees.meanOfSplits("gain", names.size());
    double[] cover = trees.meanOfSplits("cover", names.size());
    double[] sizes = meanSizes(contributions, sample(heldOut));
    return IntStream.range(0, names.size())
        .filter(feature -> cover[feature] > 0)
        .mapToObj(
            feature ->
                new FeatureImportance(
                    names.get(feature), gain[feature], cover[feature], sizes[feature]))
        .sorted(
            Comparator.comparingDouble(FeatureImportance::getMeanAbsoluteContribution)
                .reversed()
                .thenComparing(FeatureImportance::getFeature))
        .toList();
  }

  private static Rows sample(Rows rows) {
    int step = Math.max(1, (rows.size() + MOST_ROWS - 1) / MOST_ROWS);
    return rows.where(row -> row % step == 0);
  }

  private static double[] meanSizes(Contributions contributions, Rows rows) {
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
}
