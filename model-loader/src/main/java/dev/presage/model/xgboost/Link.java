package dev.presage.model.xgboost;

/**
 * From a margin to a prediction and, for the base score, back; operation by operation what XGBoost
 * computes in float (common/math.h, objective/regression_loss.h of versions 1.7 to 3.x).
 *
 * <p>A model file carries its base score as a prediction. XGBoost makes a margin of it by the C
 * library's {@code logf}, which is right to less than one unit in the last place but not to the
 * last bit, and libraries differ. So {@link #baseMargins} answers both floats that enclose the true
 * value; a model's golden rows tell which of them its trainer had.
 */
enum Link {
  /** The margin is the prediction. */
  IDENTITY {
    @Override
    float predict(float margin) {
      return margin;
    }

    @Override
    float[] baseMargins(float baseScore) {
      return new float[] {baseScore};
    }

    @Override
    String domain() {
      return "finite";
    }

    @Override
    boolean holds(float baseScore) {
      return Float.isFinite(baseScore);
    }
  },

  /** The margin is the log odds of the prediction. */
  LOGISTIC {
    @Override
    float predict(float margin) {
      // XGBoost caps the exponent here, and adds 1e-16 that no float denominator of 1 or more sees.
      float exponent = Math.min(-margin, 88.7f);
      return 1.0f / (FloatExp.exp(exponent) + 1.0f);
    }

    @Override
    float[] baseMargins(float baseScore) {
      float[] logs = logs(1.0f / baseScore - 1.0f);
      for (int i = 0; i < logs.length; i++) {
        logs[i] = -logs[i];
      }
      return logs;
    }

    @Override
    String domain() {
      return "between 0 and 1, both excluded";
    }

    @Override
    boolean holds(float baseScore) {
      return baseScore > 0 && baseScore < 1;
    }
  },

  /** The margin is the logarithm of the prediction. */
  LOG {
    @Override
    float predict(float margin) {
      return FloatExp.exp(margin);
    }

    @Override
    float[] baseMargins(float baseScore) {
      return logs(baseScore);
    }

    @Override
    String domain() {
      return "finite and greater than 0";
    }

    @Override
    boolean holds(float baseScore) {
      return baseScore > 0 && Float.isFinite(baseScore);
    }
  };

  abstract float predict(float margin);

  /** What XGBoost may have as the margin of a base score, the likeliest first. */
  abstract float[] baseMargins(float baseScore);

  /** Which base scores there can be, in words. */
  abstract String domain();

  abstract boolean holds(float baseScore);

  private static float[] logs(float x) {
    double log = StrictMath.log(x);
    float nearest = (float) log;
    if (nearest == log) {
      return new float[] {nearest};
    }
    return new float[] {nearest, nearest < log ? Math.nextUp(nearest) : Math.nextDown(nearest)};
  }
}
