package dev.presage.model.xgboost;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins a booster with base margins and what the objective makes of a margin. */
final class PredictorFactory {
  private final Objective objective;
  private final int features;
  private final @Nullable Integer output;

  /** What XGBoost may have as the base margins of all outputs, the likeliest first. */
  private final List<float[]> baseMargins;

  /**
   * @param baseScores of each output
   * @param output the class to predict, null for all
   */
  PredictorFactory(
      Objective objective, float[] baseScores, int features, @Nullable Integer output) {
    this.objective = objective;
    this.features = features;
    this.output = output;
    this.baseMargins = baseMargins(objective, baseScores);
  }

  int features() {
    return features;
  }

  List<Predictor> ofTrees(XgboostTrees trees, TreeRange range, ModelLimits limits)
      throws ModelRefusedException {
    float[] zero = new float[baseMargins.get(0).length];
    Booster booster = trees.compile(range.first(), range.end(), zero, features, limits);
    List<Predictor> predictors = new ArrayList<>();
    for (float[] base : baseMargins) {
      predictors.add(predictor(booster, base));
    }
    if (trees.isWeighted()) {
      for (float[] base : baseMargins) {
        predictors.add(
            predictor(trees.compile(range.first(), range.end(), base, features, limits), base));
      }
    }
    return predictors;
  }

  /** Of several base scores XGBoost takes the first one for all outputs of {@code gblinear}. */
  List<Predictor> ofLinear(LinearBooster booster) {
    List<Predictor> predictors = new ArrayList<>();
    for (float[] base : baseMargins) {
      float[] first = base.clone();
      Arrays.fill(first, base[0]);
      predictors.add(predictor(booster, first));
    }
    return predictors;
  }

  private Predictor predictor(Booster booster, float[] base) {
    if (!objective.isMulticlass()) {
      return new XgboostPredictor(booster, base[0], objective.link(), features);
    }
    ClassMargins margins = new ClassMargins(booster, base, features);
    return output == null
        ? new MulticlassPredictor(margins)
        : new OneClassPredictor(margins, output);
  }

  private static List<float[]> baseMargins(Objective objective, float[] baseScores) {
    List<float[]> margins = new ArrayList<>();
    if (objective.isMulticlass()) {
      margins.add(baseScores);
    } else {
      for (float margin : objective.link().baseMargins(baseScores[0])) {
        margins.add(new float[] {margin});
      }
    }
    return margins;
  }
}
