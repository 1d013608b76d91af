package dev.presage.retrain.candidates;

import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.ModelKind;

/**
 * A model as its trainer has it, and as those who serve it will read it. Used by one thread.
 *
 * <p>Margins and predictions are the trainer's own arithmetic, so that golden rows prove that what
 * is read is what was trained.
 */
public interface TrainedModel extends AutoCloseable {
  /** How the payload is to be read. */
  ModelKind kind();

  /** The model as it is published. */
  byte[] payload();

  /** The model as a JSON object of our own format, to be a part of another one. */
  String document();

  /** The margin of each row, as those who serve it compute it. */
  double[] margins(Rows rows);

  /** The probability or the amount of each row, before any calibration. */
  double[] predictions(Rows rows);

  /** What the trees that it is made of say of their splits. */
  default SplitFigures splits() {
    return SplitFigures.NONE;
  }

  @Override
  default void close() {}
}
