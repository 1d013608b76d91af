package dev.presage.model.btyd;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.Fields;
import dev.presage.model.payload.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * What customers will do by {@link BgNbd} and {@link GammaGamma}, from features that say how often
 * and when they bought. Margin and prediction are the same.
 */
public final class BuyTillYouDieModel implements Predictor {
  private final int features;
  private final Target target;
  private final double horizon;
  private final BgNbd buying;
  private final @Nullable GammaGamma spending;
  private final Input frequency;
  private final Input age;
  private final Input last;

  /** Whether {@link #last} is the time since the last transaction, not that of it. */
  private final boolean sinceLast;

  private final @Nullable Input meanValue;
  private final double missing;

  private BuyTillYouDieModel(Fields model)
      throws UnreadableDocumentException, ModelRefusedException {
    this.features = model.features().size();
    this.target = model.choice("predict", Target.class);
    Fields parameters = model.object("bgNbd").allow("r", "alpha", "a", "b");
    double alpha = positive(parameters, "alpha", Double.MAX_VALUE);
    this.buying =
        new BgNbd(
            positive(parameters, "r", BgNbd.MOST_R),
            alpha,
            positive(parameters, "a", BgNbd.MOST_A),
            positive(parameters, "b", BgNbd.MOST_B));
    this.horizon =
        target == Target.ALIVE ? 0 : positive(model, "horizon", BgNbd.MOST_HORIZON * alpha);
    this.spending = target == Target.VALUE ? spending(model.object("gammaGamma")) : null;
    this.meanValue = target == Target.VALUE ? Input.read(model, "meanValue") : null;
    this.frequency = Input.read(model, "frequency");
    this.age = Input.read(model, "age");
    this.sinceLast = model.has("sinceLast");
    if (sinceLast && model.has("recency")) {
      throw model.problem("recency", "and sinceLast are given; give one of them");
    }
    this.last = Input.read(model, sinceLast ? "sinceLast" : "recency");
    this.missing = model.number("missing");
  }

  /**
   * Reads a model of the kind {@code buy_till_you_die}; {@code docs/models.md} has the format.
   *
   * @throws UnreadableDocumentException when it is not of that format, or its parameters are beyond
   *     what can be computed
   * @throws ModelRefusedException when the feature schema lacks a feature of it
   */
  public static Predictor read(Fields model)
      throws UnreadableDocumentException, ModelRefusedException {
    model.allow(
        "kind",
        "format",
        "predict",
        "horizon",
        "bgNbd",
        "gammaGamma",
        "frequency",
        "recency",
        "sinceLast",
        "age",
        "meanValue",
        "missing");
    return new BuyTillYouDieModel(model);
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public double margin(double[] vector) {
    Vectors.ofLength(features, vector);
    double x = Math.rint(frequency.of(vector));
    double t = age.of(vector);
    double when = last.of(vector);
    double recency = sinceLast ? t - when : when;
    boolean known = isAmount(x) && isAmount(t) && (x == 0 || !Double.isNaN(recency));
    return known ? predict(vector, x, Math.min(Math.max(recency, 0), t), t) : missing;
  }

  private double predict(double[] vector, double x, double recency, double t) {
    return switch (target) {
      case ALIVE -> buying.alive(x, recency, t);
      case TRANSACTIONS -> buying.transactions(x, recency, t, horizon);
      case VALUE -> value(vector, x, recency, t);
    };
  }

  @Override
  public double predict(double[] vector) {
    return margin(vector);
  }

  private static boolean isAmount(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }

  private double value(double[] vector, double x, double recency, double t) {
    double mean = x == 0 || meanValue == null ? 0 : meanValue.of(vector);
    return spending == null || !isAmount(mean)
        ? missing
        : buying.transactions(x, recency, t, horizon) * spending.mean(x, mean);
  }

  private static GammaGamma spending(Fields parameters) throws UnreadableDocumentException {
    parameters.allow("p", "q", "v");
    return new GammaGamma(
        parameters.numberAbove(0, "p"),
        parameters.numberAbove(1, "q"),
        parameters.numberAbove(0, "v"));
  }

  private static double positive(Fields fields, String name, double most)
      throws UnreadableDocumentException {
    double value = fields.numberAbove(0, name);
    if (value > most) {
      throw fields.problem(name, "is " + value + ", but can be at most " + most);
    }
    return value;
  }

  /** What is predicted. */
  private enum Target {
    ALIVE,
    TRANSACTIONS,
    VALUE
  }
}
