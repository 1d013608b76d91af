package dev.presage.model.figures;

import static dev.presage.figures.Figure.atLeast;
import static dev.presage.figures.Figure.atMost;

import dev.presage.figures.Figure;
import dev.presage.figures.FigureRun;
import java.util.List;

/** What is measured of models; {@code presage bench models} runs it. */
public final class ModelFigures {
  static final Figure ROW = atMost(1_000, "ns", "rowNanos", "one row, 100 trees, depth 6");
  static final Figure NATIVE_SPEEDUP =
      atLeast(100, "times", "nativeSpeedup", "the same, against the native library");
  static final Figure PREDICTOR_SPEEDUP =
      atLeast(4, "times", "predictorSpeedup", "the same, against xgboost-predictor");
  static final Figure LARGE_ROW =
      atMost(20_000, "ns", "largeRowNanos", "one row, 1,000 trees, depth 8");
  static final Figure ALLOCATED = atMost(0, "bytes", "allocatedBytesPerScore", "garbage per score");
  static final Figure SHAP =
      atMost(200, "µs", "shapMicros", "exact TreeSHAP of one row, 100 trees");
  static final Figure SHAP_SPEEDUP =
      atLeast(2, "times", "shapSpeedup", "the same, against the native library");
  static final Figure COMPILE = atMost(50, "ms", "compileMillis", "compile and verify, 100 trees");
  static final Figure PUBLISH_TO_LIVE =
      atMost(1_000, "ms", "publishToLiveMillis", "publish to live on two instances");

  /** All, in the order in which they are reported. */
  static final List<Figure> ALL =
      List.of(
          ROW,
          NATIVE_SPEEDUP,
          PREDICTOR_SPEEDUP,
          LARGE_ROW,
          ALLOCATED,
          SHAP,
          SHAP_SPEEDUP,
          COMPILE,
          PUBLISH_TO_LIVE);

  private ModelFigures() {}

  /** Measures; see {@link FigureRun#main}. */
  public static void main(String[] args) {
    FigureRun.main(
        args,
        ALL,
        List.of(new RowCosts(), new ShapCosts(), new CompileCosts(), new PublishCosts()));
  }
}
