package dev.presage.model.contribution;

import dev.presage.model.tree.SplitDirections;
import java.util.List;

/**
 * Exact Shapley values of trees, path-dependent as in TreeSHAP [1, algorithm 2], in time linear in
 * the number of splits.
 *
 * <p>What is known of a vector are the features of a set {@code S}. At a split on one of them it
 * goes its way; at another one it goes both ways, by the shares of the training rows that did. So a
 * leaf of value {@code v} adds {@code v} times a product to the margin, in which each feature of
 * its path has the factor {@code o} (1 where all its splits on the path go to the leaf, else 0)
 * when it is known and {@code z} (the product of their shares) when it is not.
 *
 * <p>Instead of summing over all sets, let each feature be known with probability {@code t}. Its
 * factor is then {@code f(t) = z (1 - t) + o t}, and the Shapley value of a feature is [2]
 *
 * <pre>
 *   (o - z) · v · ∫ over t from 0 to 1 of the product of the other features' f(t)
 * </pre>
 *
 * The product is a polynomial of a degree below the number {@code d} of features on the path, which
 * Gauss–Legendre quadrature with {@code d / 2} points integrates exactly. All factors lie in [0, 1]
 * and there is nothing to undo, so that the result is good to the last digits at any depth, where
 * the polynomials of [1] and [3] lose them.
 *
 * <p>At a point {@code t} a tree is walked twice. Downwards each split is given the product {@code
 * P} of the factors above it; it sends {@code r P} left and {@code (1 - r) P} right. Upwards each
 * node has {@code G}, the sum of its leaves by the factors below it: {@code r G(left) + (1 - r)
 * G(right)}. With {@code a = o(left) - share(left)} the split adds to its feature
 *
 * <pre>
 *   first of its feature on the path:      r = share + a t                    a P (G(left) - G(right))
 *   below one that goes elsewhere:         r = share                          0
 *   below splits that all go here, and
 *   have the share z: f = z (1 - t) + t,   r = o(left) - a z (1 - t) / f      a P (G(left) - G(right)) z / f²
 * </pre>
 *
 * The last is the derivative of the first by the rule for products: what it adds is the feature's
 * value by all its splits so far less the one by those above, as in [3].
 *
 * <ol>
 *   <li>Lundberg, Erion, Lee: Consistent individualized feature attribution for tree ensembles,
 *       2018, arXiv:1802.03888.
 *   <li>Owen: Multilinear extensions of games, Management Science 18 (5), 1972.
 *   <li>Yu, Xu, Sun, Liu: Linear TreeShap, NeurIPS 2022, arXiv:2209.08192.
 * </ol>
 *
 * <p>Splits of a tree are numbered parents first, those with two leaves ({@code bottom}) last. A
 * slot is the place of a child in the tables of a tree: splits by number, then the leaves whose
 * sibling is a split.
 */
final class ShapleyTrees {
  /** Points at which a tree is walked at a time. */
  static final int LANES = 3;

  /** Stands for the edge above where no split above is on the same feature. */
  static final int NONE = -1;

  private final Tree[] trees;
  private final double expected;
  private final SplitDirections directions;

  private final int[] feature;

  /** Of each split the share of rows that went left. */
  private final float[] share;

  /**
   * Of each split the edge through which it hangs below the last split on the same feature, {@code
   * split << 1 | (right ? 1 : 0)}, by the number in its tree; or {@link #NONE}.
   */
  private final int[] edge;

  /** The product of the shares of all splits on the feature from the root to that edge. */
  private final float[] edgeShare;

  /** Of each split that is not a bottom the slots of its children, left and right. */
  private final int[] child;

  /** Tree by tree the two leaves of each bottom, then the leaves that have slots. */
  private final float[] leaf;

  private final int mostSlots;

  ShapleyTrees(
      List<Tree> trees,
      double expected,
      SplitDirections directions,
      int[] feature,
      float[] share,
      int[] edge,
      float[] edgeShare,
      int[] child,
      float[] leaf) {
    this.trees = trees.toArray(Tree[]::new);
    this.expected = expected;
    this.directions = directions;
    this.feature = feature;
    this.share = share;
    this.edge = edge;
    this.edgeShare = edgeShare;
    this.child = child;
    this.leaf = leaf;
    this.mostSlots = trees.stream().mapToInt(Tree::slots).max().orElse(0);
  }

  /**
   * Where a tree stands in the tables, and at which points it is walked.
   *
   * @param first its first split
   * @param bottoms its first split with two leaves
   * @param end the split after its last
   * @param slots number of its slots
   * @param firstChild where its slots of children begin
   * @param firstLeaf where its leaves begin
   */
  record Tree(
      int first,
      int bottoms,
      int end,
      int slots,
      int firstChild,
      int firstLeaf,
      Quadrature quadrature) {}

  /** What a thread needs to compute. */
  static final class Scratch {
    private final byte[] left;

    /** Of each slot what it is given in each lane, later what it hands up. */
    private final double[] lanes;

    /** Of each split that is not a bottom the ratio {@code r} in each lane. */
    private final double[] ratios;

    /** By split: bit 0 where all splits on its feature lead left, bit 1 where they lead right. */
    private final byte[] leads;

    /**
     * @param splits the most that a group of trees has
     * @param slots the most that a tree has
     */
    Scratch(int splits, int slots) {
      this.left = new byte[splits];
      this.lanes = new double[LANES * slots];
      this.ratios = new double[LANES * slots];
      this.leads = new byte[slots];
    }
  }

  double expected() {
    return expected;
  }

  int splits() {
    return feature.length;
  }

  int mostSlots() {
    return mostSlots;
  }

  /**
   * Adds what each feature contributes.
   *
   * @param target {@code double[features]}
   */
  void addTo(double[] target, double[] vector, Scratch scratch) {
    directions.write(vector, scratch.left);
    for (Tree tree : trees) {
      Quadrature quadrature = tree.quadrature;
      for (int lane = 0; lane < quadrature.size(); lane += LANES) {
        down(tree, quadrature, lane, scratch);
        bottoms(tree, quadrature, lane, scratch, target);
        up(tree, scratch, target);
      }
    }
  }

  private void down(Tree tree, Quadrature quadrature, int lane, Scratch scratch) {
    double[] lanes = scratch.lanes;
    double[] ratios = scratch.ratios;
    double t0 = quadrature.point(lane);
    double t1 = quadrature.point(lane + 1);
    double t2 = quadrature.point(lane + 2);
    lanes[0] = quadrature.weight(lane);
    lanes[1] = quadrature.weight(lane + 1);
    lanes[2] = quadrature.weight(lane + 2);
    int childAt = tree.firstChild;
    for (int split = tree.first, at = 0; split < tree.bottoms; split++, at += LANES) {
      double goes = scratch.left[split];
      double a = goes - share[split];
      double g0 = a * lanes[at];
      double g1 = a * lanes[at + 1];
      double g2 = a * lanes[at + 2];
      double r0;
      double r1;
      double r2;
      int above = edge[split];
      if (above == NONE) {
        scratch.leads[split - tree.first] = (byte) (2 - scratch.left[split]);
        r0 = share[split] + a * t0;
        r1 = share[split] + a * t1;
        r2 = share[split] + a * t2;
      } else if ((scratch.leads[above >>> 1] >>> (above & 1) & 1) == 0) {
        scratch.leads[split - tree.first] = 0;
        r0 = share[split];
        r1 = r0;
        r2 = r0;
        g0 = 0;
        g1 = 0;
        g2 = 0;
      } else {
        scratch.leads[split - tree.first] = (byte) (2 - scratch.left[split]);
        double z = edgeShare[split];
        double f0 = 1 / (z + (1 - z) * t0);
        double f1 = 1 / (z + (1 - z) * t1);
        double f2 = 1 / (z + (1 - z) * t2);
        r0 = goes - a * z * (1 - t0) * f0;
        r1 = goes - a * z * (1 - t1) * f1;
        r2 = goes - a * z * (1 - t2) * f2;
        g0 *= z * f0 * f0;
        g1 *= z * f1 * f1;
        g2 *= z * f2 * f2;
      }
      double p0 = lanes[at];
      double p1 = lanes[at + 1];
      double p2 = lanes[at + 2];
      int left = LANES * child[childAt++];
      int right = LANES * child[childAt++];
      lanes[left] = p0 * r0;
      lanes[left + 1] = p1 * r1;
      lanes[left + 2] = p2 * r2;
      lanes[right] = p0 - p0 * r0;
      lanes[right + 1] = p1 - p1 * r1;
      lanes[right + 2] = p2 - p2 * r2;
      ratios[at] = r0;
      ratios[at + 1] = r1;
      ratios[at + 2] = r2;
      lanes[at] = g0;
      lanes[at + 1] = g1;
      lanes[at + 2] = g2;
    }
  }

  private void bottoms(
      Tree tree, Quadrature quadrature, int lane, Scratch scratch, double[] target) {
    double[] lanes = scratch.lanes;
    double t0 = quadrature.point(lane);
    double t1 = quadrature.point(lane + 1);
    double t2 = quadrature.point(lane + 2);
    int leafAt = tree.firstLeaf;
    int at = LANES * (tree.bottoms - tree.first);
    for (int split = tree.bottoms; split < tree.end; split++, at += LANES) {
      double goes = scratch.left[split];
      double a = goes - share[split];
      double rightLeaf = leaf[leafAt + 1];
      double difference = leaf[leafAt] - rightLeaf;
      leafAt += 2;
      double p0 = lanes[at];
      double p1 = lanes[at + 1];
      double p2 = lanes[at + 2];
      double r0;
      double r1;
      double r2;
      int above = edge[split];
      if (above == NONE) {
        r0 = share[split] + a * t0;
        r1 = share[split] + a * t1;
        r2 = share[split] + a * t2;
        target[feature[split]] += a * difference * (p0 + p1 + p2);
      } else if ((scratch.leads[above >>> 1] >>> (above & 1) & 1) == 0) {
        r0 = share[split];
        r1 = r0;
        r2 = r0;
      } else {
        double z = edgeShare[split];
        double f0 = 1 / (z + (1 - z) * t0);
        double f1 = 1 / (z + (1 - z) * t1);
        double f2 = 1 / (z + (1 - z) * t2);
        r0 = goes - a * z * (1 - t0) * f0;
        r1 = goes - a * z * (1 - t1) * f1;
        r2 = goes - a * z * (1 - t2) * f2;
        target[feature[split]] += a * difference * z * (p0 * f0 * f0 + p1 * f1 * f1 + p2 * f2 * f2);
      }
      lanes[at] = rightLeaf + r0 * difference;
      lanes[at + 1] = rightLeaf + r1 * difference;
      lanes[at + 2] = rightLeaf + r2 * difference;
    }
    for (int end = LANES * tree.slots; at < end; at += LANES) {
      double value = leaf[leafAt++];
      lanes[at] = value;
      lanes[at + 1] = value;
      lanes[at + 2] = value;
    }
  }

  private void up(Tree tree, Scratch scratch, double[] target) {
    double[] lanes = scratch.lanes;
    double[] ratios = scratch.ratios;
    int split = tree.bottoms - 1;
    int childAt = tree.firstChild + 2 * (split - tree.first);
    for (int at = LANES * (split - tree.first); split >= tree.first; split--, at -= LANES) {
      int left = LANES * child[childAt];
      int right = LANES * child[childAt + 1];
      childAt -= 2;
      double right0 = lanes[right];
      double right1 = lanes[right + 1];
      double right2 = lanes[right + 2];
      double d0 = lanes[left] - right0;
      double d1 = lanes[left + 1] - right1;
      double d2 = lanes[left + 2] - right2;
      target[feature[split]] += lanes[at] * d0 + lanes[at + 1] * d1 + lanes[at + 2] * d2;
      lanes[at] = right0 + ratios[at] * d0;
      lanes[at + 1] = right1 + ratios[at + 1] * d1;
      lanes[at + 2] = right2 + ratios[at + 2] * d2;
    }
  }
}
