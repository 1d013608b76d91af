package dev.presage.model.xgboost;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.Node;
import dev.presage.model.document.Numbers;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.tree.TreeEnsemble;
import dev.presage.model.tree.TreeEnsembleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A model as XGBoost 1.7 to 3.x saves it, read and checked: a {@code gbtree} booster with numeric
 * splits and one output. The format is XGBoost's {@code doc/model.schema}.
 */
public final class XgboostModel {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final int MOST_DIGITS = 100;

  private final TreeEnsemble trees;
  private final Objective objective;
  private final float baseScore;
  private final int features;

  private XgboostModel(TreeEnsemble trees, Objective objective, float baseScore, int features) {
    this.trees = trees;
    this.objective = objective;
    this.baseScore = baseScore;
    this.features = features;
  }

  /**
   * Reads a saved model.
   *
   * @param document the file
   * @param schema names of the features, in the order of the vector
   * @throws UnreadableDocumentException when it lacks what every XGBoost model has
   * @throws ModelRefusedException when it cannot be scored, with the reason
   */
  public static XgboostModel read(Node document, List<String> schema, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    Node learner = document.get("learner");
    Objective objective = objective(learner.get("objective").get("name"));
    Node param = learner.get("learner_model_param");
    requireOneOutput(param);
    float baseScore = baseScore(param.get("base_score"), objective);
    FeatureMapping mapping = mapping(learner, param, schema);
    TreeEnsemble trees = trees(learner.get("gradient_booster"), mapping, schema.size(), limits);
    return new XgboostModel(trees, objective, baseScore, schema.size());
  }

  /**
   * What the model may predict, the likeliest first: one predictor for each base margin that
   * XGBoost may have made of its base score.
   */
  public List<Predictor> predictors() {
    List<Predictor> predictors = new ArrayList<>();
    for (float baseMargin : objective.link().baseMargins(baseScore)) {
      predictors.add(new XgboostPredictor(trees, baseMargin, objective.link(), features));
    }
    return predictors;
  }

  private static Objective objective(Node name)
      throws UnreadableDocumentException, ModelRefusedException {
    Objective objective = Objective.of(name.text());
    if (objective == null) {
      throw unsupported(name, quoted(name.text()), Objective.known());
    }
    return objective;
  }

  private static void requireOneOutput(Node param)
      throws UnreadableDocumentException, ModelRefusedException {
    for (String count : List.of("num_class", "num_target")) {
      Node outputs = param.find(count);
      if (outputs != null && !outputs.text().equals("0") && !outputs.text().equals("1")) {
        throw unsupported(outputs, quoted(outputs.text()), "models with one output");
      }
    }
  }

  /** A number; since 3.1 a vector with one number for each output, {@code [5E-1]}. */
  private static float baseScore(Node node, Objective objective)
      throws UnreadableDocumentException, ModelRefusedException {
    String text = node.text().strip();
    if (text.startsWith("[") && text.endsWith("]")) {
      text = text.substring(1, text.length() - 1).strip();
    }
    if (text.indexOf(',') >= 0) {
      throw unsupported(node, "a vector of several numbers", "models with one output");
    }
    if (text.length() > MOST_DIGITS || !NUMBER.matcher(text).matches()) {
      throw new UnreadableDocumentException(
          node.path() + " is " + quoted(text) + " where a number is expected");
    }
    float baseScore = Float.parseFloat(text);
    if (!objective.link().holds(baseScore)) {
      throw new UnreadableDocumentException(
          String.format(
              "%s is %s, but for %s it must be %s",
              node.path(), text, objective.id(), objective.link().domain()));
    }
    return baseScore;
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
          count.path() + " is " + quoted(count.text()) + ", but there are " + announced + " names");
    }
    return names.isEmpty()
        ? FeatureMapping.byOrder(integer(count), schema)
        : FeatureMapping.byName(names, schema);
  }

  private static TreeEnsemble trees(
      Node booster, FeatureMapping mapping, int features, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    Node name = booster.get("name");
    if (!name.text().equals("gbtree")) {
      throw unsupported(name, quoted(name.text()), "gbtree");
    }
    Node model = booster.get("model");
    requireUnweighted(model);
    Node trees = model.get("trees");
    requireOneGroup(model.get("tree_info"), trees.size());
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder(features, limits);
    for (int i = 0; i < trees.size(); i++) {
      builder.add(XgboostTree.read(trees.at(i), mapping));
    }
    return builder.build();
  }

  private static void requireUnweighted(Node model)
      throws UnreadableDocumentException, ModelRefusedException {
    Node weights = model.find("weight_drop");
    if (weights != null && weights.numbers().size() > 0) {
      throw unsupported(weights, "a list of weights of trees", "trees without dropout");
    }
  }

  private static void requireOneGroup(Node groups, int trees)
      throws UnreadableDocumentException, ModelRefusedException {
    Numbers group = groups.numbers();
    if (group.size() != trees) {
      throw new UnreadableDocumentException(
          groups.path() + " has " + group.size() + " elements, but there are " + trees + " trees");
    }
    for (int i = 0; i < trees; i++) {
      if (group.get(i) != 0) {
        throw unsupported(
            groups, "the group " + group.get(i) + " of tree " + i, "models with one output");
      }
    }
  }

  private static int integer(Node node) throws UnreadableDocumentException {
    try {
      return Integer.parseInt(node.text());
    } catch (NumberFormatException e) {
      throw new UnreadableDocumentException(
          node.path() + " is " + quoted(node.text()) + " where an integer is expected");
    }
  }

  private static String quoted(String text) {
    return "\""
        + (text.length() > MOST_DIGITS ? text.substring(0, MOST_DIGITS) + "…" : text)
        + "\"";
  }

  private static ModelRefusedException unsupported(Node node, String found, String supported) {
    return new ModelRefusedException(
        RefusalCode.UNSUPPORTED,
        node.path() + " is " + found + ", which cannot be scored; what can be: " + supported);
  }
}
