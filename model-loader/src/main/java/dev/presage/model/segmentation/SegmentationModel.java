package dev.presage.model.segmentation;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.document.Node;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.Fields;
import dev.presage.model.payload.MemberReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Ordered classes by cut points: class {@code i} is that of scores from {@code cuts[i - 1]} to
 * below {@code cuts[i]}. The margin is the score, the prediction the number of the class, from 0.
 */
public final class SegmentationModel implements Predictor {
  private static final int MOST_CLASSES = 1000;

  private final Predictor score;
  private final double[] cuts;
  private final List<String> classes;

  private SegmentationModel(Predictor score, double[] cuts, List<String> classes) {
    this.score = score;
    this.cuts = cuts;
    this.classes = List.copyOf(classes);
  }

  /**
   * Reads a model of the kind {@code segmentation}; {@code docs/models.md} has the format.
   *
   * @param members reads the model of the score
   * @throws UnreadableDocumentException when it is not of that format
   * @throws ModelRefusedException when the score cannot be scored
   */
  public static Predictor read(Fields model, MemberReader members)
      throws UnreadableDocumentException, ModelRefusedException {
    model.allow("kind", "format", "model", "cuts", "classes");
    double[] cuts = model.numbers("cuts");
    for (int i = 1; i < cuts.length; i++) {
      if (cuts[i] <= cuts[i - 1]) {
        throw model.problem("cuts", "must ascend, but has " + cuts[i] + " after " + cuts[i - 1]);
      }
    }
    Node names = model.node().get("classes");
    if (names.size() != cuts.length + 1 || names.size() > MOST_CLASSES) {
      throw model.problem(
          "classes",
          "has %d elements, but must have one more than cuts, %d, and at most %d"
              .formatted(names.size(), cuts.length + 1, MOST_CLASSES));
    }
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.at(i).text();
      if (classes.contains(name)) {
        throw model.problem("classes", "names a class twice");
      }
      classes.add(name);
    }
    return new SegmentationModel(members.read(model, "model"), cuts, classes);
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int features() {
    return score.features();
  }

  @Override
  public double margin(double[] vector) {
    return score.predict(vector);
  }

  @Override
  public double predict(double[] vector) {
    double value = margin(vector);
    if (Double.isNaN(value)) {
      return value;
    }
    int number = 0;
    while (number < cuts.length && value >= cuts[number]) {
      number++;
    }
    return number;
  }
}
