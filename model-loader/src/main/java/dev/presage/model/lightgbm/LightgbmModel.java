package dev.presage.model.lightgbm;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.FeaturePositions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model as LightGBM's {@code save_model} writes it, read and checked: boosters gbdt, dart, goss
 * and rf, numeric and categorical splits, constant leaves. The format is that of
 * src/boosting/gbdt_model_text.cpp, versions v2 to v4.
 */
public final class LightgbmModel {
  private static final int MOST_QUOTED = 100;

  private final LightgbmTrees trees;
  private final Conversion conversion;
  private final double sigmoid;
  private final int outputs;

  /** By what sums are divided: the rounds of training where the model averages, else 1. */
  private final int divisor;

  private LightgbmModel(
      LightgbmTrees trees, Conversion conversion, double sigmoid, int outputs, int divisor) {
    this.trees = trees;
    this.conversion = conversion;
    this.sigmoid = sigmoid;
    this.outputs = outputs;
    this.divisor = divisor;
  }

  /**
   * Reads a saved model.
   *
   * @param text the file
   * @throws UnreadableDocumentException when it is not such a file
   * @throws ModelRefusedException when it cannot be scored, with the reason
   */
  public static Predictor read(String text, FeaturePositions features, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    ModelText.Sections sections = ModelText.read(text, limits.trees());
    if (sections.trees().size() > limits.trees()) {
      throw new ModelRefusedException(
          RefusalCode.LIMIT_EXCEEDED,
          "more than " + limits.trees() + " trees; train a smaller model or raise the limit");
    }
    LightgbmModel model = read(sections, features, limits);
    return new LightgbmPredictor(model, features.size());
  }

  int outputs() {
    return outputs;
  }

  /** The raw score of one output: the sum of its trees, not averaged where {@code rf} would. */
  double raw(int output, double[] vector) {
    return trees.sum(output, outputs, vector);
  }

  /** The predictions of all outputs. */
  void predict(double[] vector, double[] into) {
    for (int output = 0; output < outputs; output++) {
      into[output] = raw(output, vector) / divisor;
    }
    conversion.convert(into, sigmoid);
  }

  /** The prediction of the only output. */
  double predict(double[] vector) {
    return conversion.convert(raw(0, vector) / divisor, sigmoid);
  }

  private static LightgbmModel read(
      ModelText.Sections sections, FeaturePositions features, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    Section head = sections.head();
    String[] objective = head.text("objective").split(" ", -1);
    Objective known = Objective.of(objective[0]);
    if (known == null) {
      throw unsupported("the objective is " + quoted(objective[0]), Objective.known());
    }
    Conversion conversion = known.conversion();
    double sigmoid = 1;
    for (int i = 1; i < objective.length; i++) {
      String parameter = objective[i];
      if (parameter.equals("sqrt") && conversion == Conversion.IDENTITY) {
        conversion = Conversion.SQUARE;
      } else if (parameter.startsWith("sigmoid:")) {
        sigmoid = positive(head.number("objective", parameter.substring("sigmoid:".length())));
      } else if (!parameter.startsWith("num_class:")) {
        throw unsupported(
            "the objective has the parameter " + quoted(parameter), "sigmoid, num_class and sqrt");
      }
    }
    int outputs = outputs(head, known, sections.trees().size());
    boolean average = head.has("average_output");
    if (average && sections.trees().isEmpty()) {
      throw new UnreadableDocumentException("average_output of no trees");
    }
    int[] positions = positions(head, features, limits);
    LightgbmTrees trees =
        LightgbmTreesBuilder.build(trees(sections.trees(), limits), positions, limits);
    return new LightgbmModel(
        trees, conversion, sigmoid, outputs, average ? sections.trees().size() / outputs : 1);
  }

  private static int outputs(Section head, Objective objective, int trees)
      throws UnreadableDocumentException, ModelRefusedException {
    int classes = head.integer("num_class");
    int outputs =
        head.has("num_tree_per_iteration") ? head.integer("num_tree_per_iteration") : classes;
    if (outputs != classes || outputs < 1 || (outputs > 1) != objective.isOfClasses()) {
      throw unsupported(
          "num_class is %d and num_tree_per_iteration %d".formatted(classes, outputs),
          "two or more of both for multiclass and multiclassova, 1 of both for the others");
    }
    if (trees % outputs != 0 || outputs > Math.max(trees, 1)) {
      throw new UnreadableDocumentException(
          "there are %d trees for %d classes".formatted(trees, outputs));
    }
    if (head.has("tree_sizes") && head.words("tree_sizes") != trees) {
      throw new UnreadableDocumentException(
          "tree_sizes has %d elements, but there are %d trees"
              .formatted(head.words("tree_sizes"), trees));
    }
    return outputs;
  }

  /** Names that LightGBM made up say nothing: then the schema's features are in their order. */
  private static int[] positions(Section head, FeaturePositions features, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    int last = head.integer("max_feature_idx");
    if (last < 0 || last >= limits.features()) {
      throw new UnreadableDocumentException("max_feature_idx is " + last);
    }
    List<String> names = head.texts("feature_names", last + 1);
    boolean madeUp =
        IntStream.rangeClosed(0, last).allMatch(i -> names.get(i).equals("Column_" + i));
    return madeUp ? features.inOrder(last + 1) : features.of(names);
  }

  private static List<LightgbmTree> trees(List<Section> sections, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    List<LightgbmTree> trees = new ArrayList<>();
    int nodesLeft = limits.nodes();
    for (Section section : sections) {
      LightgbmTree tree = LightgbmTree.read(section, nodesLeft, limits);
      nodesLeft -= 2 * tree.splits() + 1;
      trees.add(tree);
    }
    return trees;
  }

  private static double positive(double sigmoid) throws UnreadableDocumentException {
    if (sigmoid > 0) {
      return sigmoid;
    }
    throw new UnreadableDocumentException("the objective's sigmoid is " + sigmoid);
  }

  private static String quoted(String text) {
    return "\""
        + (text.length() > MOST_QUOTED ? text.substring(0, MOST_QUOTED) + "…" : text)
        + "\"";
  }

  private static ModelRefusedException unsupported(String found, String supported) {
    return new ModelRefusedException(
        RefusalCode.UNSUPPORTED, found + ", which cannot be scored; what can be: " + supported);
  }
}
