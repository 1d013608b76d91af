package dev.presage.model.xgboost;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.model.document.Node;
import dev.presage.model.document.Numbers;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.tree.TreeSource;
import org.jspecify.annotations.Nullable;

/** A tree as XGBoost writes it: an array for each field of a node. */
final class XgboostTree implements TreeSource {
  private static final int NO_CHILD = -1;

  private static final int NUMERIC = 0;
  private static final int CATEGORICAL = 1;

  private final Node tree;
  private final FeatureMapping mapping;
  private final Numbers left;
  private final Numbers right;
  private final Numbers feature;
  private final Numbers condition;
  private final Numbers defaultLeft;

  /** The sort of each split; null where all are numeric. */
  private final @Nullable Numbers splitType;

  private final @Nullable CategoricalSplits categories;
  private final @Nullable Numbers cover;
  private final @Nullable Numbers gain;
  private final LeafValue leafValue;

  private XgboostTree(Node tree, FeatureMapping mapping) throws UnreadableDocumentException {
    this.tree = tree;
    this.mapping = mapping;
    this.left = tree.get("left_children").numbers();
    this.right = tree.get("right_children").numbers();
    this.feature = tree.get("split_indices").numbers();
    this.condition = tree.get("split_conditions").numbers();
    this.defaultLeft = tree.get("default_left").numbers();
    Numbers types = numbersOrNull(tree, "split_type");
    this.splitType = types != null && hasCategories(types) ? types : null;
    this.categories = splitType == null ? null : CategoricalSplits.read(tree, left.size());
    this.cover = numbersOrNull(tree, "sum_hessian");
    this.gain = numbersOrNull(tree, "loss_changes");
    this.leafValue = LeafValue.AS_WRITTEN;
  }

  private XgboostTree(XgboostTree that, LeafValue leafValue) {
    this.tree = that.tree;
    this.mapping = that.mapping;
    this.left = that.left;
    this.right = that.right;
    this.feature = that.feature;
    this.condition = that.condition;
    this.defaultLeft = that.defaultLeft;
    this.splitType = that.splitType;
    this.categories = that.categories;
    this.cover = that.cover;
    this.gain = that.gain;
    this.leafValue = leafValue;
  }

  /** Reads the tree that is number {@code index} in its file. */
  static XgboostTree read(Node tree, int index, FeatureMapping mapping)
      throws UnreadableDocumentException, ModelRefusedException {
    XgboostTree read = new XgboostTree(tree, mapping);
    read.checkSorts();
    read.checkLengths();
    read.checkSiblings();
    read.checkPlace(index);
    return read;
  }

  /** This tree with leaves that add something else. */
  XgboostTree withLeaves(LeafValue value) {
    return new XgboostTree(this, value);
  }

  private static @Nullable Numbers numbersOrNull(Node tree, String name)
      throws UnreadableDocumentException {
    Node member = tree.find(name);
    return member == null ? null : member.numbers();
  }

  private static boolean hasCategories(Numbers types) {
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i) != NUMERIC) {
        return true;
      }
    }
    return false;
  }

  private void checkSorts() throws UnreadableDocumentException, ModelRefusedException {
    Node leafSize = tree.get("tree_param").find("size_leaf_vector");
    if (leafSize != null && !leafSize.text().equals("0") && !leafSize.text().equals("1")) {
      throw unsupported("leaves with " + leafSize.text() + " values");
    }
    for (int i = 0; splitType != null && i < splitType.size(); i++) {
      if (splitType.get(i) != NUMERIC && splitType.get(i) != CATEGORICAL) {
        throw unsupported("a split of type " + splitType.get(i) + " at node " + i);
      }
    }
  }

  /** XGBoost puts a tree where its {@code id} says, whatever its place in the file. */
  private void checkPlace(int index) throws UnreadableDocumentException {
    Node id = tree.find("id");
    if (id != null && id.integer() != index) {
      throw new UnreadableDocumentException(
          id.path() + " is " + id.integer() + ", but the tree is number " + index);
    }
  }

  private void checkLengths() throws UnreadableDocumentException, ModelRefusedException {
    checkLength("right_children", right);
    checkLength("split_indices", feature);
    checkLength("split_conditions", condition);
    checkLength("default_left", defaultLeft);
    checkLength("split_type", splitType);
    checkLength("sum_hessian", cover);
    checkLength("loss_changes", gain);
    String announced = tree.get("tree_param").get("num_nodes").text();
    if (!announced.equals(Integer.toString(left.size()))) {
      throw malformed("tree_param.num_nodes is " + announced + ", left_children " + left.size());
    }
  }

  private void checkLength(String name, @Nullable Numbers array) throws ModelRefusedException {
    if (array != null && array.size() != left.size()) {
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
    return leafValue.of((float) condition.get(node));
  }

  @Override
  public boolean isCategorical(int node) {
    return splitType != null && splitType.get(node) == CATEGORICAL;
  }

  @Override
  public int[] categories(int node) {
    return categories == null ? new int[0] : categories.of(node);
  }

  @Override
  public float cover(int node) {
    return cover == null ? Float.NaN : (float) cover.get(node);
  }

  @Override
  public float gain(int node) {
    return gain == null ? Float.NaN : (float) gain.get(node);
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
            + "; trees with numeric and categorical splits and one value in each leaf can be scored");
  }
}
