package dev.presage.retrain.candidates;

import dev.presage.retrain.regression.Loss;
import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.ModelKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line, as it is published: the margin is the intercept plus, of each term, its coefficient times
 * the standardised value.
 */
final class LinearModel implements TrainedModel {
  private final Loss loss;
  private final double intercept;
  private final List<Term> terms;

  LinearModel(Loss loss, double intercept, List<Term> terms) {
    this.loss = loss;
    this.intercept = intercept;
    this.terms = List.copyOf(terms);
  }

  /**
   * One feature of the sum.
   *
   * @param feature its name
   * @param position its place in the vector
   * @param coefficient per standard deviation
   * @param mean what is subtracted
   * @param scale what is divided by, positive
   * @param missing the value that is put where it is missing
   */
  record Term(
      String feature,
      int position,
      double coefficient,
      double mean,
      double scale,
      double missing) {}

  @Override
  public ModelKind kind() {
    return ModelKind.LINEAR;
  }

  @Override
  public byte[] payload() {
    return document().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String document() {
    return terms.stream()
        .map(
            it ->
                "{\"feature\":%s,\"coefficient\":%s,\"mean\":%s,\"scale\":%s,\"missing\":%s}"
                    .formatted(
                        Json.text(it.feature), it.coefficient, it.mean, it.scale, it.missing))
        .collect(
            Collectors.joining(
                ",",
                "{\"kind\":\"linear\",\"format\":1,\"link\":\"%s\",\"intercept\":%s,\"terms\":["
                    .formatted(link(), intercept),
                "]}"));
  }

  private String link() {
    return switch (loss) {
      case LOGISTIC -> "logistic";
      case TWEEDIE -> "log";
    };
  }

  @Override
  public double[] margins(Rows rows) {
    double[] margins = new double[rows.size()];
    for (int row = 0; row < margins.length; row++) {
      margins[row] = intercept;
      for (Term term : terms) {
        double value = rows.value(row, term.position);
        double known = Double.isNaN(value) ? term.missing : value;
        margins[row] += term.coefficient * ((known - term.mean) / term.scale);
      }
    }
    return margins;
  }

  @Override
  public double[] predictions(Rows rows) {
    double[] predictions = margins(rows);
    for (int row = 0; row < predictions.length; row++) {
      predictions[row] = loss.prediction(predictions[row]);
    }
    return predictions;
  }
}
