package dev.presage.retrain.runs;

import dev.presage.retrain.rows.RowPart;
import dev.presage.retrain.rows.Rows;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The rows of a run and what each was used for.
 *
 * @param trait the trait that was trained
 * @param startedAt when they were made
 * @param features names of the features, in the order of the vectors
 * @param rows all of them
 * @param parts what each was used for; not copied, so not to be changed
 * @param weights for how many rows each stood when the model was trained, 0 where it was not
 *     trained on it; not copied
 * @param lineage where they come from, by name
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, and there are many.
public record TrainedRows(
    String trait,
    Instant startedAt,
    List<String> features,
    Rows rows,
    RowPart[] parts,
    double[] weights,
    Map<String, String> lineage) {
  public TrainedRows {
    if (parts.length != rows.size() || weights.length != rows.size()) {
      throw new IllegalArgumentException(
          "There are %d rows, %d parts and %d weights; expected as many of each"
              .formatted(rows.size(), parts.length, weights.length));
    }
    features = List.copyOf(features);
    lineage = Map.copyOf(lineage);
  }

  /** What each row is used for. */
  static RowPart[] parts(Rows rows, Parts parts) {
    RowPart[] used = new RowPart[rows.size()];
    Arrays.fill(used, RowPart.GAP);
    mark(used, rows, parts.evaluation(), RowPart.JUDGE);
    mark(used, rows, parts.calendarEvaluation(), RowPart.JUDGE);
    // Among the rows to train on are all that come here.
    mark(used, rows, parts.train(), RowPart.TRAIN);
    mark(used, rows, parts.stopping(), RowPart.CHOOSE);
    mark(used, rows, parts.calibration(), RowPart.CALIBRATE);
    mark(used, rows, parts.fit(), RowPart.FIT);
    return used;
  }

  private static void mark(RowPart[] used, Rows rows, Rows members, RowPart part) {
    double[] weights = rows.weightsIn(members);
    for (int row = 0; row < used.length; row++) {
      if (weights[row] > 0) {
        used[row] = part;
      }
    }
  }
}
