package dev.presage.model.composite;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.Fields;
import dev.presage.model.payload.MemberReader;

/** Two models, of which a predicate over features tells which one a profile is for. */
final class Populations implements Predictor {
  private final Predicate when;
  private final Predictor then;
  private final Predictor otherwise;

  private Populations(Predicate when, Predictor then, Predictor otherwise) {
    this.when = when;
    this.then = then;
    this.otherwise = otherwise;
  }

  static Predictor read(Fields model, MemberReader members)
      throws UnreadableDocumentException, ModelRefusedException {
    model.allow("kind", "format", "combine", "when", "then", "otherwise");
    return new Populations(
        Predicate.read(model, "when"),
        members.read(model, "then"),
        members.read(model, "otherwise"));
  }

  @Override
  public int features() {
    return then.features();
  }

  @Override
  public double margin(double[] vector) {
    return chosen(vector).margin(vector);
  }

  @Override
  public double predict(double[] vector) {
    return chosen(vector).predict(vector);
  }

  private Predictor chosen(double[] vector) {
    return when.holds(vector) ? then : otherwise;
  }
}
