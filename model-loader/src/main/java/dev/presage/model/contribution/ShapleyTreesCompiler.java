package dev.presage.model.contribution;

import dev.presage.model.tree.CoveredTrees;
import dev.presage.model.tree.TreeStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays trees out for {@link ShapleyTrees}. */
final class ShapleyTreesCompiler {
  private final CoveredTrees trees;
  private final TreeStructure structure;

  /** By node: of a split its number in its tree, else the slot of a leaf that has one. */
  private final int[] slot;

  /** By split, in the order in which they are laid out. */
  private final int[] node;

  private final int[] feature;
  private final float[] share;
  private final int[] edge;
  private final float[] edgeShare;

  private final int[] child;
  private final float[] leaf;
  private int splits;
  private int children;
  private int leaves;
  private double expected;
  private final Map<Integer, Quadrature> quadratures = new HashMap<>();

  ShapleyTreesCompiler(CoveredTrees trees) {
    this.trees = trees;
    this.structure = trees.structure();
    int count = (structure.nodes() - structure.trees()) / 2;
    this.slot = new int[structure.nodes()];
    this.node = new int[count];
    this.feature = new int[count];
    this.share = new float[count];
    this.edge = new int[count];
    this.edgeShare = new float[count];
    this.child = new int[2 * count];
    this.leaf = new float[structure.nodes()];
  }

  ShapleyTrees compile() {
    List<ShapleyTrees.Tree> laidOut = new ArrayList<>();
    for (int tree = 0; tree < structure.trees(); tree++) {
      int root = structure.root(tree);
      int end = tree + 1 < structure.trees() ? structure.root(tree + 1) : structure.nodes();
      expected += mean(root, end);
      if (!structure.isLeaf(root)) {
        laidOut.add(layOut(root, end));
      }
    }
    return new ShapleyTrees(
        laidOut,
        expected,
        structure.directions(node),
        feature,
        share,
        edge,
        edgeShare,
        Arrays.copyOf(child, children),
        Arrays.copyOf(leaf, leaves));
  }

  /** The mean of a tree's leaves by the shares of the rows that reach them. */
  private double mean(int root, int end) {
    double[] mean = new double[end - root];
    for (int at = end - 1; at >= root; at--) {
      if (structure.isLeaf(at)) {
        mean[at - root] = structure.value(at);
      } else {
        int left = structure.left(at) - root;
        float leftShare = trees.leftShare(at);
        mean[at - root] = mean[left + 1] + leftShare * (mean[left] - mean[left + 1]);
      }
    }
    return mean[0];
  }

  private ShapleyTrees.Tree layOut(int root, int end) {
    int first = splits;
    int firstChild = children;
    int firstLeaf = leaves;
    for (int at = root; at < end; at++) {
      if (!structure.isLeaf(at) && !isBottom(at)) {
        place(at, first);
      }
    }
    int bottoms = splits;
    for (int at = root; at < end; at++) {
      if (!structure.isLeaf(at) && isBottom(at)) {
        place(at, first);
        int left = structure.left(at);
        leaf[leaves++] = structure.value(left);
        leaf[leaves++] = structure.value(left + 1);
      }
    }
    int slots = splits - first;
    for (int split = first; split < bottoms; split++) {
      int left = structure.left(node[split]);
      for (int at = left; at <= left + 1; at++) {
        if (structure.isLeaf(at)) {
          slot[at] = slots++;
          leaf[leaves++] = structure.value(at);
        }
        child[children++] = slot[at];
      }
    }
    Quadrature quadrature = quadrature(findEdges(root, end, first));
    return new ShapleyTrees.Tree(first, bottoms, splits, slots, firstChild, firstLeaf, quadrature);
  }

  private boolean isBottom(int split) {
    int left = structure.left(split);
    return structure.isLeaf(left) && structure.isLeaf(left + 1);
  }

  private void place(int split, int first) {
    slot[split] = splits - first;
    node[splits] = split;
    feature[splits] = structure.feature(split);
    share[splits] = trees.leftShare(split);
    splits++;
  }

  /**
   * Finds of each split of a tree the last one above it on the same feature.
   *
   * @return the most features of a path
   */
  private int findEdges(int root, int end, int first) {
    int[] parent = new int[end - root];
    int[] features = new int[end - root];
    int most = 0;
    for (int at = root; at < end; at++) {
      if (structure.isLeaf(at)) {
        continue;
      }
      int left = structure.left(at) - root;
      parent[left] = at;
      parent[left + 1] = at;
      int split = first + slot[at];
      int below = at;
      while (below != root && structure.feature(parent[below - root]) != feature[split]) {
        below = parent[below - root];
      }
      int above = below == root ? ShapleyTrees.NONE : first + slot[parent[below - root]];
      boolean isNew = above == ShapleyTrees.NONE;
      if (isNew) {
        edge[split] = ShapleyTrees.NONE;
      } else {
        boolean right = below != structure.left(node[above]);
        edge[split] = (above - first) << 1 | (right ? 1 : 0);
        edgeShare[split] =
            (edge[above] == ShapleyTrees.NONE ? 1 : edgeShare[above])
                * (right ? 1 - share[above] : share[above]);
      }
      features[at - root] = (at == root ? 0 : features[parent[at - root] - root]) + (isNew ? 1 : 0);
      most = Math.max(most, features[at - root]);
    }
    return most;
  }

  /** With points enough for so many features, in whole groups of lanes. */
  private Quadrature quadrature(int features) {
    int points = (features + 1) / 2;
    int groups = (points + ShapleyTrees.LANES - 1) / ShapleyTrees.LANES;
    return quadratures.computeIfAbsent(groups * ShapleyTrees.LANES, Quadrature::of);
  }
}
