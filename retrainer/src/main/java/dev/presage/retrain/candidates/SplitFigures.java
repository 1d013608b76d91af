package dev.presage.retrain.candidates;

/**
 * What XGBoost says of the splits on each feature of the schema; nothing where there are no trees.
 *
 * @param gain mean gain of the splits on each feature, 0 where there is none
 * @param cover mean cover of the splits on each feature, 0 where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record SplitFigures(double[] gain, double[] cover) {
  static final SplitFigures NONE = new SplitFigures(new double[0], new double[0]);

  /** Mean gain of the splits on a feature. */
  public double gain(int feature) {
    return feature < gain.length ? gain[feature] : 0;
  }

  /** Mean cover of the splits on a feature. */
  public double cover(int feature) {
    return feature < cover.length ? cover[feature] : 0;
  }
}
