package dev.presage.model.xgboost;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** XGBoost's objectives, and how they make a prediction of a margin. */
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
  TWEEDIE("reg:tweedie", Link.LOG),
  RANK_PAIRWISE("rank:pairwise", Link.IDENTITY),
  RANK_NDCG("rank:ndcg", Link.IDENTITY),
  RANK_MAP("rank:map", Link.IDENTITY),
  ACCELERATED_FAILURE_TIME("survival:aft", Link.LOG),
  COX("survival:cox", Link.LOG),
  SOFTPROB("multi:softprob", Link.IDENTITY),
  SOFTMAX("multi:softmax", Link.IDENTITY);

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

  /** Whether it has a margin for each class, and softmax makes predictions of them. */
  boolean isMulticlass() {
    return this == SOFTPROB || this == SOFTMAX;
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
