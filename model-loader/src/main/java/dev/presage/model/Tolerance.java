package dev.presage.model;

import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;

/**
 * How near a model must come to its golden rows.
 *
 * @param margin of the margin
 * @param prediction of the prediction
 */
record Tolerance(Closeness margin, Closeness prediction) {
  /** The one that an artefact's kind, and its calibration, are held to. */
  static Tolerance of(ModelArtefact artefact) {
    Tolerance raw = of(artefact.getKind());
    return artefact.getCalibration() == null ? raw : new Tolerance(raw.margin, Closeness.MILLIONTH);
  }

  private static Tolerance of(ModelKind kind) {
    return switch (kind) {
      case XGBOOST_JSON, XGBOOST_UBJSON, UNKNOWN ->
          new Tolerance(Closeness.SAME_BITS, Closeness.FLOAT_NEIGHBOUR);
      case LIGHTGBM_TEXT, LINEAR -> new Tolerance(Closeness.BILLIONTH, Closeness.BILLIONTH);
      case COMPOSITE, BUY_TILL_YOU_DIE, SEGMENTATION ->
          new Tolerance(Closeness.MILLIONTH, Closeness.MILLIONTH);
    };
  }
}
