package dev.presage.model.xgboost;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** XGBoost's objectives that predict one value from one margin, and how they do it. */
enum Objective {
  SQUARED_ERROR("reg:squarederror", Link.IDENTITY),
  LINEAR("reg:linear", Link.IDENTITY),
  SQUARED_LOG_ERROR("reg:squaredlogerror", Link.IDENTITY),
  ABSOLUTE_ERROR("reg:absoluteerror", Link.IDENTITY),
  PSEUDO_HUBER_ERROR("reg:pseudohubererror", Link.IDENTITY),
  LOGIT_RAW("binary:logitraw", Link.IDENTITY),
  BINARY_LOGISTIC("binary:logistic", Link.LOGISTIC),
  REGRESSION_LOGISTIC("reg:logistic", Link.LOGISTIC),
  POISSON("count:poisson", Link.LOG),
  GAMMA("reg:gamma", Link.LOG),
  TWEEDIE("reg:tweedie", Link.LOG);

  private final String id;
  private final Link link;

  Objective(String id, Link link) {
    this.id = id;
    this.link = link;
  }

  /** The name that XGBoost knows it by. */
  String id() {
    return id;
  }

  Link link() {
    return link;
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
    return Arrays.stream(values()).map(Objective::id).collect(Collectors.joining(", "));
  }
}
