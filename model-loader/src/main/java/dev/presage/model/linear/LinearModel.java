package dev.presage.model.linear;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.Fields;
import dev.presage.model.payload.Vectors;
import java.util.List;

/**
 * A generalised linear model over standardised features: the margin is {@code intercept + Σ
 * coefficient · (x − mean) / scale}, added in the order of the terms, the prediction its inverse
 * link. A missing value is replaced first.
 */
public final class LinearModel implements Predictor {
  private final int features;
  private final Link link;
  private final double intercept;
  private final int[] feature;
  private final double[] coefficient;
  private final double[] mean;
  private final double[] scale;
  private final double[] missing;

  private LinearModel(Fields model, Link link, List<Fields> terms)
      throws UnreadableDocumentException, ModelRefusedException {
    int count = terms.size();
    this.features = model.features().size();
    this.link = link;
    this.intercept = model.number("intercept");
    this.feature = new int[count];
    this.coefficient = new double[count];
    this.mean = new double[count];
    this.scale = new double[count];
    this.missing = new double[count];
    for (int i = 0; i < count; i++) {
      Fields term = terms.get(i).allow("feature", "coefficient", "mean", "scale", "missing");
      feature[i] = term.feature("feature");
      coefficient[i] = term.number("coefficient");
      mean[i] = term.number("mean", 0);
      scale[i] = term.has("scale") ? term.numberAbove(0, "scale") : 1;
      missing[i] = term.number("missing", mean[i]);
    }
  }

  /**
   * Reads a model of the kind {@code linear}; {@code docs/models.md} has the format.
   *
   * @throws UnreadableDocumentException when it is not of that format
   * @throws ModelRefusedException when the feature schema lacks a feature of it
   */
  public static Predictor read(Fields model)
      throws UnreadableDocumentException, ModelRefusedException {
    model.allow("kind", "format", "link", "intercept", "terms");
    Link link = model.choice("link", Link.class);
    return new LinearModel(model, link, model.objects("terms", model.features().size()));
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public double margin(double[] vector) {
    Vectors.ofLength(features, vector);
    double sum = intercept;
    for (int i = 0; i < feature.length; i++) {
      double value = vector[feature[i]];
      double known = Double.isNaN(value) ? missing[i] : value;
      sum += coefficient[i] * ((known - mean[i]) / scale[i]);
    }
    return sum;
  }

  @Override
  public double predict(double[] vector) {
    return link.predict(margin(vector));
  }

  /** From a margin to a prediction. */
  private enum Link {
    IDENTITY {
      @Override
      double predict(double margin) {
        return margin;
      }
    },
    LOGISTIC {
      @Override
      double predict(double margin) {
        return 1 / (1 + Math.exp(-margin));
      }
    },
    LOG {
      @Override
      double predict(double margin) {
        return Math.exp(margin);
      }
    };

    abstract double predict(double margin);
  }
}
