package dev.presage.model.tree;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks trees node by node and lays them out. A node is looked at only when it is reached from the
 * root, and is refused when it is reached a second time; so cycles and shared nodes cannot pass,
 * and what a trainer pruned and left lying about is dropped.
 */
public final class TreeEnsembleBuilder {
  private final int features;
  private final ModelLimits limits;

  private int[] roots = new int[8];
  private int[] depths = new int[8];
  private int trees;
  private int[] slot = new int[16];
  private int[] threshold = new int[16];
  private int[] left = new int[16];
  private float[] leaf = new float[16];
  private int nodes;
  private int largestTree;

  /** By node the number of its set of categories; as long as there is none, it has no length. */
  private int[] set = new int[0];

  private final CategorySets.Builder sets = new CategorySets.Builder();

  private final boolean keepStatistics;
  private float[] cover = new float[16];
  private float[] gain = new float[0];

  /**
   * @param features length of the vectors that the trees will see
   */
  public TreeEnsembleBuilder(int features, ModelLimits limits) {
    this(features, limits, false);
  }

  /**
   * @param features length of the vectors that the trees will see
   * @param keepStatistics whether {@link #statistics} will be asked for
   */
  public TreeEnsembleBuilder(int features, ModelLimits limits, boolean keepStatistics) {
    this.features = features;
    this.limits = limits;
    this.keepStatistics = keepStatistics;
  }

  /**
   * Adds the next tree.
   *
   * @throws ModelRefusedException when a node cannot be, or the ensemble becomes too large
   */
  public void add(TreeSource tree) throws ModelRefusedException {
    int size = tree.size();
    if (size < 1) {
      throw malformed("it has no nodes");
    }
    if (trees == limits.trees()) {
      throw tooLarge("more than " + limits.trees() + " trees");
    }
    if (size > limits.nodes() - nodes) {
      throw tooLarge("more than " + limits.nodes() + " nodes");
    }
    reserve(nodes + size);
    roots[trees] = nodes;
    int placed = place(tree, size);
    largestTree = Math.max(largestTree, placed);
    nodes += placed;
    trees++;
  }

  public CompiledTrees build() {
    return sets.isEmpty() && PackedNode.canHold(features, largestTree) ? packed() : plain();
  }

  /**
   * Trees with their covers, from which contributions are computed.
   *
   * @param built what {@link #build} made
   * @return null where a cover cannot be
   */
  public @Nullable CoveredTrees covered(CompiledTrees built) {
    return switch (built) {
      case TreeEnsemble packed -> CoveredTrees.of(packed, packedCover());
      case PlainEnsemble plain -> CoveredTrees.of(plain, Arrays.copyOf(cover, nodes));
    };
  }

  /** Of the nodes of {@link #build} what training knew; null where it is not kept. */
  public @Nullable TreeStatistics statistics() {
    return keepStatistics ? TreeStatistics.of(roots, trees, cover, gain, nodes) : null;
  }

  private TreeEnsemble packed() {
    return new TreeEnsemble(
        features, Arrays.copyOf(roots, trees), Arrays.copyOf(depths, trees), packer(), nodes);
  }

  private float[] packedCover() {
    float[] target = new float[nodes];
    for (int tree = 0; tree < trees; tree++) {
      int end = tree + 1 < trees ? roots[tree + 1] : nodes;
      packer().pack(roots[tree], end - roots[tree], cover, target);
    }
    return target;
  }

  private TreePacker packer() {
    return new TreePacker(slot, threshold, left, leaf);
  }

  private PlainEnsemble plain() {
    return new PlainEnsemble(
        Arrays.copyOf(roots, trees),
        Arrays.copyOf(slot, nodes),
        Arrays.copyOf(threshold, nodes),
        setsOfNodes(nodes),
        Arrays.copyOf(left, nodes),
        Arrays.copyOf(leaf, nodes),
        sets.build());
  }

  /** Walks a tree breadth first from {@link #nodes} on; answers how many nodes it has. */
  private int place(TreeSource tree, int size) throws ModelRefusedException {
    int[] queue = new int[size];
    BitSet reached = new BitSet(size);
    reached.set(0);
    int placed = 1;
    int depth = 0;
    int endOfLevel = 1;
    for (int at = 0; at < placed; at++) {
      if (at == endOfLevel) {
        endOfLevel = placed;
        if (++depth > limits.treeDepth()) {
          throw tooLarge("tree " + trees + " is more than " + limits.treeDepth() + " splits deep");
        }
      }
      int node = queue[at];
      if (tree.isLeaf(node)) {
        placeLeaf(nodes + at, node, tree.leaf(node));
      } else {
        placeSplit(nodes + at, node, tree);
        left[nodes + at] = nodes + placed;
        queue[placed++] = reach(tree.left(node), node, size, reached);
        queue[placed++] = reach(tree.right(node), node, size, reached);
      }
      cover[nodes + at] = tree.cover(node);
      if (keepStatistics) {
        placeStatistics(nodes + at, node, tree);
      }
    }
    depths[trees] = depth;
    return placed;
  }

  private void placeLeaf(int at, int node, float value) throws ModelRefusedException {
    if (!Float.isFinite(value)) {
      throw malformed("leaf " + node + " has the value " + value);
    }
    slot[at] = VectorKeys.LEFT;
    threshold[at] = 0;
    left[at] = at;
    leaf[at] = value;
  }

  private void placeSplit(int at, int node, TreeSource tree) throws ModelRefusedException {
    int feature = tree.feature(node);
    if (feature < 0 || feature >= features) {
      throw malformed(
          "node " + node + " splits on feature " + feature + ", but there are " + features);
    }
    slot[at] = VectorKeys.slot(feature, !tree.missingGoesLeft(node));
    if (tree.isCategorical(node)) {
      placeCategories(at, node, tree.categories(node));
      return;
    }
    float value = tree.threshold(node);
    if (Float.isNaN(value)) {
      throw malformed("node " + node + " has the threshold NaN");
    }
    threshold[at] = VectorKeys.key(value);
  }

  private void placeCategories(int at, int node, int[] categories) throws ModelRefusedException {
    if (categories.length == 0) {
      throw malformed("node " + node + " splits on categories, but names none");
    }
    for (int category : categories) {
      if (category < 0 || category >= CategorySets.LIMIT) {
        throw malformed("node " + node + " asks for the category " + category);
      }
    }
    if (at >= set.length) {
      set = setsOfNodes(slot.length);
    }
    set[at] = sets.add(categories);
  }

  /** The set of each of {@code count} nodes. */
  private int[] setsOfNodes(int count) {
    int[] longer = Arrays.copyOf(set, count);
    if (count > set.length) {
      Arrays.fill(longer, set.length, count, PlainEnsemble.NUMERIC);
    }
    return longer;
  }

  private void placeStatistics(int at, int node, TreeSource tree) throws ModelRefusedException {
    if (!(cover[at] >= 0 && cover[at] < Float.POSITIVE_INFINITY)) {
      throw malformed("node " + node + " has the cover " + cover[at]);
    }
    float nodeGain = tree.isLeaf(node) ? 0 : tree.gain(node);
    if (!Float.isFinite(nodeGain)) {
      throw malformed("node " + node + " has the gain " + nodeGain);
    }
    gain[at] = nodeGain;
  }

  private int reach(int child, int parent, int size, BitSet reached) throws ModelRefusedException {
    if (child < 0 || child >= size) {
      throw malformed("node " + parent + " has the child " + child + ", but there are " + size);
    }
    if (reached.get(child)) {
      throw malformed("node " + child + " is reached a second time, from node " + parent);
    }
    reached.set(child);
    return child;
  }

  private void reserve(int count) {
    if (trees == roots.length) {
      roots = Arrays.copyOf(roots, trees * 2);
      depths = Arrays.copyOf(depths, trees * 2);
    }
    if (count > slot.length) {
      int capacity = Math.max(count, slot.length * 2);
      slot = Arrays.copyOf(slot, capacity);
      threshold = Arrays.copyOf(threshold, capacity);
      left = Arrays.copyOf(left, capacity);
      leaf = Arrays.copyOf(leaf, capacity);
      cover = Arrays.copyOf(cover, capacity);
    }
    if (keepStatistics && slot.length > gain.length) {
      gain = Arrays.copyOf(gain, slot.length);
    }
  }

  private ModelRefusedException malformed(String what) {
    return new ModelRefusedException(
        RefusalCode.MALFORMED_TREE,
        "tree " + trees + " cannot be: " + what + "; save the model again from its trainer");
  }

  private static ModelRefusedException tooLarge(String what) {
    return new ModelRefusedException(
        RefusalCode.LIMIT_EXCEEDED, what + "; train a smaller model or raise the limit");
  }
}
