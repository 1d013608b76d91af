package dev.presage.model.lightgbm;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** LightGBM's objectives, and what they make of raw scores. */
enum Objective {
  REGRESSION("regression", Conversion.IDENTITY),
  REGRESSION_L1("regression_l1", Conversion.IDENTITY),
  HUBER("huber", Conversion.IDENTITY),
  FAIR("fair", Conversion.IDENTITY),
  QUANTILE("quantile", Conversion.IDENTITY),
  MAPE("mape", Conversion.IDENTITY),
  POISSON("poisson", Conversion.EXP),
  GAMMA("gamma", Conversion.EXP),
  TWEEDIE("tweedie", Conversion.EXP),
  BINARY("binary", Conversion.SIGMOID),
  CROSS_ENTROPY("cross_entropy", Conversion.SIGMOID),
  CROSS_ENTROPY_LAMBDA("cross_entropy_lambda", Conversion.LOG_ONE_PLUS_EXP),
  MULTICLASS("multiclass", Conversion.SOFTMAX),
  MULTICLASS_OVA("multiclassova", Conversion.SIGMOID),
  LAMBDARANK("lambdarank", Conversion.IDENTITY),
  RANK_XENDCG("rank_xendcg", Conversion.IDENTITY);

  private final String id;
  private final Conversion conversion;

  Objective(String id, Conversion conversion) {
    this.id = id;
    this.conversion = conversion;
  }

  Conversion conversion() {
    return conversion;
  }

  /** Whether it has an output for each class. */
  boolean isOfClasses() {
    return this == MULTICLASS || this == MULTICLASS_OVA;
  }

  static @Nullable Objective of(String id) {
    for (Objective objective : values()) {
      if (objective.id.equals(id)) {
        return objective;
      }
    }
    return null;
  }

  static String known() {
    return Arrays.stream(values()).map(objective -> objective.id).collect(Collectors.joining(", "));
  }
}
