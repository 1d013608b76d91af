package dev.presage.retrain.rows;

/** What a run used a row for. */
public enum RowPart {
  /** Models were fitted on it while one was chosen, and the chosen one was trained on it. */
  FIT,
  /** A model was chosen by it, and then trained on it. */
  CHOOSE,
  /** The model was calibrated by it, and trained on it. */
  CALIBRATE,
  /** The model was trained on it, and nothing else. */
  TRAIN,
  /** The model was judged by it. */
  JUDGE,
  /** Nothing: it lies in the gap before the rows that judge. */
  GAP
}
