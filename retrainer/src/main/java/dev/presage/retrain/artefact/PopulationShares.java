package dev.presage.retrain.artefact;

import dev.presage.model.Predictor;
import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.BinShares;
import dev.presage.schemas.avro.TrainingPopulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Counts features and scores in training by tenths, so that those who serve the model can tell how
 * far theirs have moved. Rows at event moments alone, as these are what live scoring sees.
 */
final class PopulationShares {
  private static final int BINS = 10;

  private PopulationShares() {}

  /**
   * The population of a model.
   *
   * @param model predicts as those who serve the model do, bit for bit: scores in the last bit
   *     beside an edge would be in another bin, and trees give many rows the same score
   * @param train rows that it was trained on
   * @param heldOut rows that it was judged by, at event moments
   */
  static TrainingPopulation of(Predictor model, Rows train, Rows heldOut) {
    Rows moments = train.where(row -> train.kind(row) == RowKind.MOMENT);
    List<BinShares> features = new ArrayList<>();
    for (int feature = 0; feature < moments.features(); feature++) {
      features.add(shares(moments.column(feature)));
    }
    double[] scores =
        IntStream.range(0, heldOut.size())
            .mapToDouble(row -> model.predict(heldOut.vector(row)))
            .toArray();
    return new TrainingPopulation(
        (long) moments.size(), features, (long) heldOut.size(), shares(scores));
  }

  /**
   * The shares of numbers by tenths of those that are there. Equal numbers are in one bin, so that
   * there are fewer where one number has more than a tenth.
   *
   * @param numbers at least one; NaN is missing
   */
  static BinShares shares(double[] numbers) {
    double[] there =
        Arrays.stream(numbers)
            .filter(it -> !Double.isNaN(it))
            .map(it -> it + 0.0)
            .sorted()
            .toArray();
    TreeSet<Double> distinct = new TreeSet<>();
    for (int i = 1; i < BINS && there.length > 0; i++) {
      double edge = there[(int) Math.ceilDiv((long) i * there.length, BINS) - 1];
      if (Double.isFinite(edge)) {
        distinct.add(edge);
      }
    }
    List<Double> edges = List.copyOf(distinct);
    List<Double> shares = new ArrayList<>();
    int before = 0;
    for (int bin = 0; bin <= edges.size(); bin++) {
      int until = bin < edges.size() ? countUpTo(there, edges.get(bin)) : there.length;
      shares.add((until - before) / (double) numbers.length);
      before = until;
    }
    return new BinShares(edges, shares, (numbers.length - there.length) / (double) numbers.length);
  }

  private static int countUpTo(double[] ascending, double edge) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= edge) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
