package dev.presage.model.xgboost;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.Node;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.tree.TreeStatistics;
import java.util.ArrayList;
import java.util.List;

/**
 * A model as XGBoost 1.7 to 3.x saves it, read and checked. The format is XGBoost's {@code
 * doc/model.schema}.
 */
public final class XgboostModel {
  /** Each class costs a float for each thread that scores. */
  private static final int MOST_CLASSES = 1000;

  private final List<Predictor> predictors;
  private final List<TreeStatistics> statistics;

  private XgboostModel(List<Predictor> predictors, List<TreeStatistics> statistics) {
    this.predictors = predictors;
    this.statistics = statistics;
  }

  /** Reads a saved model, of which nothing beyond its file is asked. */
  public static XgboostModel read(Node document, List<String> schema, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    return read(document, schema, limits, XgboostOptions.DEFAULTS);
  }

  /**
   * Reads a saved model.
   *
   * @param document the file
   * @param schema names of the features, in the order of the vector
   * @throws UnreadableDocumentException when it lacks what every XGBoost model has
   * @throws ModelRefusedException when it cannot be scored, or not as the options ask; with the
   *     reason
   */
  public static XgboostModel read(
      Node document, List<String> schema, ModelLimits limits, XgboostOptions options)
      throws UnreadableDocumentException, ModelRefusedException {
    Node learner = document.get("learner");
    Node param = learner.get("learner_model_param");
    Objective objective = objective(learner.get("objective").get("name"));
    int outputs = outputs(param, objective);
    checkClass(options, outputs);
    float[] baseScores = BaseScores.read(param.get("base_score"), objective, outputs);
    FeatureMapping mapping = mapping(learner, param, schema);
    PredictorFactory factory =
        new PredictorFactory(objective, baseScores, schema.size(), options.output());
    return read(learner, mapping, outputs, factory, limits, options);
  }

  private static XgboostModel read(
      Node learner,
      FeatureMapping mapping,
      int outputs,
      PredictorFactory factory,
      ModelLimits limits,
      XgboostOptions options)
      throws UnreadableDocumentException, ModelRefusedException {
    Node booster = learner.get("gradient_booster");
    Node name = booster.get("name");
    return switch (name.text()) {
      case "gbtree" ->
          ofTrees(
              XgboostTrees.gbtree(booster, mapping, outputs, limits),
              learner,
              factory,
              limits,
              options);
      case "dart" ->
          ofTrees(
              XgboostTrees.dart(booster, mapping, outputs, limits),
              learner,
              factory,
              limits,
              options);
      case "gblinear" -> ofLinear(LinearBooster.read(booster, mapping, outputs), factory, options);
      default -> throw unsupported(name, Texts.quoted(name.text()), "gbtree, dart, gblinear");
    };
  }

  /**
   * What the model may predict, the likeliest first. There is more than one where the file does not
   * say all: which float XGBoost had as the base margin, whether early stopping limits the trees,
   * and how {@code dart} was predicted.
   */
  public List<Predictor> predictors() {
    return predictors;
  }

  /**
   * Cover and gain of the trees of {@link #predictors}' first, by output; empty where the options
   * did not ask for them, and for {@code gblinear}.
   */
  public List<TreeStatistics> statistics() {
    return statistics;
  }

  private static XgboostModel ofTrees(
      XgboostTrees trees,
      Node learner,
      PredictorFactory factory,
      ModelLimits limits,
      XgboostOptions options)
      throws UnreadableDocumentException, ModelRefusedException {
    List<TreeRange> ranges = TreeRange.candidates(trees, learner, options.iterations());
    List<Predictor> predictors = new ArrayList<>();
    for (TreeRange range : ranges) {
      predictors.addAll(factory.ofTrees(trees, range, limits));
    }
    TreeRange likeliest = ranges.get(0);
    return new XgboostModel(
        List.copyOf(predictors),
        options.statistics()
            ? trees.statistics(likeliest.first(), likeliest.end(), factory.features(), limits)
            : List.of());
  }

  private static XgboostModel ofLinear(
      LinearBooster booster, PredictorFactory factory, XgboostOptions options)
      throws ModelRefusedException {
    if (options.iterations() != null) {
      throw new ModelRefusedException(
          RefusalCode.INVALID_PARAMETER,
          XgboostOptions.ITERATION_RANGE
              + " is given, but a model of booster gblinear has no iterations to choose from;"
              + " remove it");
    }
    return new XgboostModel(factory.ofLinear(booster), List.of());
  }

  private static Objective objective(Node name)
      throws UnreadableDocumentException, ModelRefusedException {
    Objective objective = Objective.of(name.text());
    if (objective == null) {
      throw unsupported(name, Texts.quoted(name.text()), Objective.known());
    }
    return objective;
  }

  private static int outputs(Node param, Objective objective)
      throws UnreadableDocumentException, ModelRefusedException {
    Node targets = param.find("num_target");
    if (targets != null && Texts.integer(targets) > 1) {
      throw unsupported(targets, Texts.quoted(targets.text()), "models with one target");
    }
    Node node = param.find("num_class");
    int classes = node == null ? 0 : Texts.integer(node);
    boolean possible = objective.isMulticlass() ? classes > 1 : classes == 0 || classes == 1;
    if (!possible) {
      throw new ModelRefusedException(
          RefusalCode.UNSUPPORTED,
          param.path()
              + ".num_class is "
              + classes
              + ", with which "
              + objective.id()
              + " cannot be scored; several classes need multi:softprob or multi:softmax");
    }
    if (classes > MOST_CLASSES) {
      throw new ModelRefusedException(
          RefusalCode.LIMIT_EXCEEDED,
          "the model has %d classes, the limit is %d; train it on fewer"
              .formatted(classes, MOST_CLASSES));
    }
    return Math.max(classes, 1);
  }

  private static void checkClass(XgboostOptions options, int outputs) throws ModelRefusedException {
    Integer output = options.output();
    if (output != null && (outputs == 1 || output >= outputs)) {
      throw new ModelRefusedException(
          RefusalCode.INVALID_PARAMETER,
          XgboostOptions.CLASS
              + " is "
              + output
              + ", but the model has "
              + (outputs == 1 ? "no classes; remove it" : "the classes 0 to " + (outputs - 1)));
    }
  }

  private static FeatureMapping mapping(Node learner, Node param, List<String> schema)
      throws UnreadableDocumentException, ModelRefusedException {
    Node count = param.get("num_feature");
    List<String> names = new ArrayList<>();
    Node listed = learner.find("feature_names");
    if (listed != null) {
      for (int i = 0; i < listed.size(); i++) {
        names.add(listed.at(i).text());
      }
    }
    String announced = names.isEmpty() ? count.text() : Integer.toString(names.size());
    if (!count.text().equals(announced)) {
      throw new UnreadableDocumentException(
          count.path()
              + " is "
              + Texts.quoted(count.text())
              + ", but there are "
              + announced
              + " names");
    }
    return names.isEmpty()
        ? FeatureMapping.byOrder(Texts.integer(count), schema)
        : FeatureMapping.byName(names, schema);
  }

  private static ModelRefusedException unsupported(Node node, String found, String supported) {
    return new ModelRefusedException(
        RefusalCode.UNSUPPORTED,
        node.path() + " is " + found + ", which cannot be scored; what can be: " + supported);
  }
}
