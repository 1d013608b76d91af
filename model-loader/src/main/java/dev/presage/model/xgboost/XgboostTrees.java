package dev.presage.model.xgboost;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.Node;
import dev.presage.model.document.Numbers;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.tree.CompiledTrees;
import dev.presage.model.tree.CoveredTrees;
import dev.presage.model.tree.TreeEnsembleBuilder;
import dev.presage.model.tree.TreeGroups;
import dev.presage.model.tree.TreeStatistics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trees of a file with the output that each adds to and, of {@code dart}, its weight. */
final class XgboostTrees {
  private final Node model;
  private final List<XgboostTree> trees;
  private final int[] output;
  private final int outputs;
  private final float @Nullable [] weights;

  private XgboostTrees(
      Node model, List<XgboostTree> trees, int[] output, int outputs, float @Nullable [] weights) {
    this.model = model;
    this.trees = trees;
    this.output = output;
    this.outputs = outputs;
    this.weights = weights;
  }

  static XgboostTrees gbtree(Node booster, FeatureMapping mapping, int outputs, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    return read(booster.get("model"), null, mapping, outputs, limits);
  }

  static XgboostTrees dart(Node booster, FeatureMapping mapping, int outputs, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    Node model = booster.get("gbtree").get("model");
    return read(model, weights(booster.get("weight_drop")), mapping, outputs, limits);
  }

  private static XgboostTrees read(
      Node model,
      float @Nullable [] weights,
      FeatureMapping mapping,
      int outputs,
      ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    Node listed = model.get("trees");
    int count = listed.size();
    if (count > limits.trees()) {
      throw tooLarge("more than " + limits.trees() + " trees");
    }
    if (weights != null) {
      checkLength("weight_drop", weights.length, count);
    }
    int[] output = outputs(model.get("tree_info"), count, outputs);
    List<XgboostTree> trees = new ArrayList<>();
    long nodes = 0;
    for (int i = 0; i < count; i++) {
      XgboostTree tree = XgboostTree.read(listed.at(i), i, mapping);
      nodes += tree.size();
      if (nodes > limits.nodes()) {
        throw tooLarge("more than " + limits.nodes() + " nodes");
      }
      trees.add(tree);
    }
    return new XgboostTrees(model, trees, output, outputs, weights);
  }

  boolean isWeighted() {
    return weights != null;
  }

  BoostingRounds rounds() throws UnreadableDocumentException {
    return BoostingRounds.read(model, trees.size(), outputs);
  }

  int size() {
    return trees.size();
  }

  /**
   * Compiles some of the trees.
   *
   * @param first the first of them
   * @param end the one after the last of them
   * @param starts what the prediction of a weighted tree starts with, by output
   */
  TreeBooster compile(int first, int end, float[] starts, int features, ModelLimits limits)
      throws ModelRefusedException {
    List<CompiledTrees> groups = new ArrayList<>();
    List<CoveredTrees> covered = new ArrayList<>();
    for (int group = 0; group < outputs; group++) {
      TreeEnsembleBuilder builder = new TreeEnsembleBuilder(features, limits);
      addAll(builder, group, first, end, starts[group]);
      CompiledTrees trees = builder.build();
      groups.add(trees);
      CoveredTrees withCovers = builder.covered(trees);
      if (withCovers != null) {
        covered.add(withCovers);
      }
    }
    return new TreeBooster(
        new TreeGroups(groups), covered.size() == groups.size() ? covered : List.of());
  }

  /** What training knew of the nodes that {@link #compile} takes, by output. */
  List<TreeStatistics> statistics(int first, int end, int features, ModelLimits limits)
      throws ModelRefusedException {
    List<TreeStatistics> statistics = new ArrayList<>();
    for (int group = 0; group < outputs; group++) {
      TreeEnsembleBuilder builder = new TreeEnsembleBuilder(features, limits, true);
      addAll(builder, group, first, end, 0);
      statistics.add(builder.statistics());
    }
    return statistics;
  }

  private void addAll(TreeEnsembleBuilder builder, int group, int first, int end, float start)
      throws ModelRefusedException {
    for (int i = first; i < end; i++) {
      if (output[i] == group) {
        builder.add(
            weights == null
                ? trees.get(i)
                : trees.get(i).withLeaves(LeafValue.weighted(start, weights[i])));
      }
    }
  }

  private static float[] weights(Node node) throws UnreadableDocumentException {
    Numbers numbers = node.numbers();
    float[] weights = new float[numbers.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) numbers.get(i);
      if (!Float.isFinite(weights[i])) {
        throw new UnreadableDocumentException(
            node.path() + " has the weight " + weights[i] + " for tree " + i);
      }
    }
    return weights;
  }

  private static int[] outputs(Node node, int trees, int outputs)
      throws UnreadableDocumentException {
    Numbers numbers = node.numbers();
    checkLength(node.path(), numbers.size(), trees);
    int[] output = new int[trees];
    for (int i = 0; i < trees; i++) {
      output[i] = numbers.index(i);
      if (output[i] < 0 || output[i] >= outputs) {
        throw new UnreadableDocumentException(
            "%s has the output %s for tree %d, but the model has %d"
                .formatted(node.path(), numbers.get(i), i, outputs));
      }
    }
    return output;
  }

  private static void checkLength(String what, int length, int trees)
      throws UnreadableDocumentException {
    if (length != trees) {
      throw new UnreadableDocumentException(
          what + " has " + length + " elements, but there are " + trees + " trees");
    }
  }

  private static ModelRefusedException tooLarge(String what) {
    return new ModelRefusedException(
        RefusalCode.LIMIT_EXCEEDED, what + "; train a smaller model or raise the limit");
  }
}
