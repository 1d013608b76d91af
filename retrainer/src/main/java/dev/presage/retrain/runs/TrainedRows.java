package dev.presage.retrain.runs;

import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.RowPart;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.split.TimeSplit;
import java.time.Instant;
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

  /**
   * What each row is used for.
   *
   * @param choosing how many of the rows that choose or calibrate choose, the first ones
   */
  static RowPart[] parts(Rows rows, TimeSplit split, int choosing) {
    RowPart[] parts = new RowPart[rows.size()];
    int later = 0;
    for (int row = 0; row < parts.length; row++) {
      long asOf = rows.asOf(row);
      if (split.fits(asOf)) {
        parts[row] = RowPart.FIT;
      } else if (split.stops(asOf) && rows.kind(row) == RowKind.MOMENT) {
        parts[row] = later++ < choosing ? RowPart.CHOOSE : RowPart.CALIBRATE;
      } else if (split.trains(asOf)) {
        parts[row] = RowPart.TRAIN;
      } else {
        parts[row] = split.evaluates(asOf) ? RowPart.JUDGE : RowPart.GAP;
      }
    }
    return parts;
  }
}
