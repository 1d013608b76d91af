package dev.presage.model.xgboost;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.Node;
import dev.presage.model.document.Numbers;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.tree.TreeSource;

/** A tree as XGBoost writes it: an array for each field of a node. */
final class XgboostTree implements TreeSource {
  private static final int NO_CHILD = -1;

  private final Node tree;
  private final FeatureMapping mapping;
  private final Numbers left;
  private final Numbers right;
  private final Numbers feature;
  private final Numbers condition;
  private final Numbers defaultLeft;

  private XgboostTree(Node tree, FeatureMapping mapping) throws UnreadableDocumentException {
    this.tree = tree;
    this.mapping = mapping;
    this.left = tree.get("left_children").numbers();
    this.right = tree.get("right_children").numbers();
    this.feature = tree.get("split_indices").numbers();
    this.condition = tree.get("split_conditions").numbers();
    this.defaultLeft = tree.get("default_left").numbers();
  }

  static XgboostTree read(Node tree, FeatureMapping mapping)
      throws UnreadableDocumentException, ModelRefusedException {
    XgboostTree read = new XgboostTree(tree, mapping);
    read.checkSorts();
    read.checkLengths();
    read.checkSiblings();
    return read;
  }

  private void checkSorts() throws UnreadableDocumentException, ModelRefusedException {
    Node leafSize = tree.get("tree_param").find("size_leaf_vector");
    if (leafSize != null && !leafSize.text().equals("0") && !leafSize.text().equals("1")) {
      throw unsupported("leaves with " + leafSize.text() + " values");
    }
    Node splitTypes = tree.find("split_type");
    if (splitTypes != null) {
      Numbers types = splitTypes.numbers();
      for (int i = 0; i < types.size(); i++) {
        if (types.get(i) != 0) {
          throw unsupported("a categorical split at node " + i);
        }
      }
    }
  }

  private void checkLengths() throws UnreadableDocumentException, ModelRefusedException {
    checkLength("right_children", right);
    checkLength("split_indices", feature);
    checkLength("split_conditions", condition);
    checkLength("default_left", defaultLeft);
    String announced = tree.get("tree_param").get("num_nodes").text();
    if (!announced.equals(Integer.toString(left.size()))) {
      throw malformed("tree_param.num_nodes is " + announced + ", left_children " + left.size());
    }
  }

  private void checkLength(String name, Numbers array) throws ModelRefusedException {
    if (array.size() != left.size()) {
      throw malformed(
          name + " has " + array.size() + " elements, left_children has " + left.size());
    }
  }

  /** XGBoost steps from the left child to the right one by adding 1, whatever the file says. */
  private void checkSiblings() throws ModelRefusedException {
    for (int node = 0; node < left.size(); node++) {
      if (!isLeaf(node) && right.get(node) != left.get(node) + 1) {
        throw malformed(
            String.format(
                "the children of node %d are %.0f and %.0f, not next to each other",
                node, left.get(node), right.get(node)));
      }
    }
  }

  @Override
  public int size() {
    return left.size();
  }

  @Override
  public boolean isLeaf(int node) {
    return left.get(node) == NO_CHILD;
  }

  @Override
  public int left(int node) {
    return left.index(node);
  }

  @Override
  public int right(int node) {
    return right.index(node);
  }

  @Override
  public int feature(int node) {
    return mapping.position(feature.index(node));
  }

  @Override
  public float threshold(int node) {
    return (float) condition.get(node);
  }

  @Override
  public boolean missingGoesLeft(int node) {
    return defaultLeft.get(node) != 0;
  }

  @Override
  public float leaf(int node) {
    return (float) condition.get(node);
  }

  private ModelRefusedException malformed(String what) {
    return new ModelRefusedException(
        RefusalCode.MALFORMED_TREE,
        tree.path() + " cannot be: " + what + "; save the model again from its trainer");
  }

  private ModelRefusedException unsupported(String what) {
    return new ModelRefusedException(
        RefusalCode.UNSUPPORTED,
        tree.path()
            + " has "
            + what
            + "; trees with numeric splits and one value in each leaf can be scored");
  }
}
