package dev.presage.model.lightgbm;

/**
 * From raw scores to predictions, as LightGBM's objectives do it ({@code ConvertOutput} in
 * src/objective/).
 */
enum Conversion {
  IDENTITY {
    @Override
    double convert(double raw, double sigmoid) {
      return raw;
    }
  },
  /** Of a regression on the square root of its target. */
  SQUARE {
    @Override
    double convert(double raw, double sigmoid) {
      return Math.signum(raw) * raw * raw;
    }
  },
  EXP {
    @Override
    double convert(double raw, double sigmoid) {
      return Math.exp(raw);
    }
  },
  SIGMOID {
    @Override
    double convert(double raw, double sigmoid) {
      return 1 / (1 + Math.exp(-sigmoid * raw));
    }
  },
  LOG_ONE_PLUS_EXP {
    @Override
    double convert(double raw, double sigmoid) {
      return Math.log1p(Math.exp(raw));
    }
  },
  /** Over all classes: only {@link #convert(double[], double)} answers it. */
  SOFTMAX {
    @Override
    double convert(double raw, double sigmoid) {
      return 1;
    }

    @Override
    void convert(double[] scores, double sigmoid) {
      double highest = scores[0];
      for (double score : scores) {
        highest = Math.max(highest, score);
      }
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        scores[i] = Math.exp(scores[i] - highest);
        sum += scores[i];
      }
      for (int i = 0; i < scores.length; i++) {
        scores[i] /= sum;
      }
    }
  };

  /**
   * The prediction of one output by itself.
   *
   * @param sigmoid the factor of the exponent, which only {@link #SIGMOID} looks at
   */
  abstract double convert(double raw, double sigmoid);

  /** Puts the prediction of every output where its raw score was. */
  void convert(double[] scores, double sigmoid) {
    for (int i = 0; i < scores.length; i++) {
      scores[i] = convert(scores[i], sigmoid);
    }
  }
}
