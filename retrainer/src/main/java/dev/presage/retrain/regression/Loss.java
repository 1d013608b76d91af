package dev.presage.retrain.regression;

/**
 * What a wrong margin costs. Every loss is convex in the margin, and least on the mean where the
 * prediction is the mean of the labels.
 */
public enum Loss {
  /** Log loss, in nats, of labels 1 and 0; the prediction is a probability. */
  LOGISTIC {
    @Override
    public double of(double margin, double label) {
      // log(1 + exp(margin)) - label * margin, without overflow.
      return Math.max(margin, 0) - label * margin + Math.log1p(Math.exp(-Math.abs(margin)));
    }

    @Override
    double slope(double margin, double label) {
      return prediction(margin) - label;
    }

    @Override
    double curvature(double margin, double label) {
      double p = prediction(margin);
      return p * (1 - p);
    }

    @Override
    public double prediction(double margin) {
      return 1 / (1 + Math.exp(-margin));
    }

    @Override
    public double margin(double prediction) {
      return Math.log(prediction) - Math.log1p(-prediction);
    }
  },

  /**
   * Half the Tweedie deviance of power 1.5, up to what does not depend on the margin, of labels
   * that are not negative, many of them 0; the prediction is an amount (Jorgensen, 1987).
   */
  TWEEDIE {
    @Override
    public double of(double margin, double label) {
      return 2 * (label * Math.exp(-margin / 2) + Math.exp(margin / 2));
    }

    @Override
    double slope(double margin, double label) {
      return Math.exp(margin / 2) - label * Math.exp(-margin / 2);
    }

    @Override
    double curvature(double margin, double label) {
      return (Math.exp(margin / 2) + label * Math.exp(-margin / 2)) / 2;
    }

    @Override
    public double prediction(double margin) {
      return Math.exp(margin);
    }

    @Override
    public double margin(double prediction) {
      return Math.log(prediction);
    }
  };

  /** The loss of a margin beside what happened. */
  public abstract double of(double margin, double label);

  abstract double slope(double margin, double label);

  /** Not negative. */
  abstract double curvature(double margin, double label);

  /** What a margin predicts. */
  public abstract double prediction(double margin);

  /** The margin that predicts it; infinite at the ends of what can be predicted. */
  public abstract double margin(double prediction);
}
