package dev.presage.retrain.rows;

import java.util.ArrayList;
import java.util.List;

/** Rows made by hand. */
public final class RowsOf {
  private final int features;
  private final List<LabelledRow> rows = new ArrayList<>();

  /** No rows yet. */
  public RowsOf(int features) {
    this.features = features;
  }

  /** Adds a row at an event moment. */
  public RowsOf moment(long asOf, boolean positive, double... vector) {
    add(asOf, positive ? 1 : 0, vector, new Life("any"));
    return this;
  }

  /** Adds a row of a profile to which the target had happened before. */
  public RowsOf again(long asOf, boolean positive, double... vector) {
    Life life = new Life("any");
    life.targets.add(asOf);
    add(asOf, positive ? 1 : 0, vector, life);
    return this;
  }

  /** Adds a row of a profile. */
  public RowsOf of(String profile, long asOf, boolean positive, double... vector) {
    add(asOf, positive ? 1 : 0, vector, new Life(profile));
    return this;
  }

  /** Adds a row of a value. */
  public RowsOf amount(long asOf, double label, double... vector) {
    add(asOf, label, vector, new Life("any"));
    return this;
  }

  private void add(long asOf, double label, double[] vector, Life life) {
    OpenRow open = new OpenRow(rows.size(), asOf, vector, life);
    open.settle(label);
    rows.add(new LabelledRow(open, RowKind.MOMENT, label));
  }

  /** All of them. */
  public Rows rows() {
    return Rows.of(features, rows);
  }
}
