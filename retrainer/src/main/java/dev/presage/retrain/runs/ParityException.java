package dev.presage.retrain.runs;

import dev.presage.retrain.rows.ParityResult;

/** The rows of a run differ from the vectors that were served at the same moments. */
public final class ParityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ParityException(ParityResult result) {
    super(
        "The rows are not what was served: %s. Either profile-log has lost its beginning, or a series was declared after the stream had begun, or the stream runs another version than this; presage.training.parity: warn trains all the same"
            .formatted(result.words()));
  }
}
