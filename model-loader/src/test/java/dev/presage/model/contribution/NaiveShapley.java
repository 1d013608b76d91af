package dev.presage.model.contribution;

import dev.presage.model.tree.CoveredTrees;
import dev.presage.model.tree.TreeStructure;

/** Shapley values by their definition: over every set of features what one more changes. */
final class NaiveShapley {
  private final CoveredTrees trees;
  private final TreeStructure structure;
  private final int features;
  private final byte[] left;

  NaiveShapley(CoveredTrees trees, double[] vector) {
    this.trees = trees;
    this.structure = trees.structure();
    this.features = vector.length;
    this.left = new byte[structure.nodes()];
    for (int node = 0; node < left.length; node++) {
      if (!structure.isLeaf(node)) {
        byte[] answer = new byte[1];
        structure.directions(new int[] {node}).write(vector, answer);
        left[node] = answer[0];
      }
    }
  }

  double contribution(int feature) {
    double sum = 0;
    for (int known = 0; known < 1 << features; known++) {
      if ((known >>> feature & 1) == 0) {
        sum += weight(Integer.bitCount(known)) * (margin(known | 1 << feature) - margin(known));
      }
    }
    return sum;
  }

  /** The margin when so many features are known: one bit for each. */
  double margin(int known) {
    double sum = 0;
    for (int tree = 0; tree < structure.trees(); tree++) {
      sum += value(structure.root(tree), known);
    }
    return sum;
  }

  private double value(int node, int known) {
    if (structure.isLeaf(node)) {
      return structure.value(node);
    }
    int child = structure.left(node);
    if ((known >>> structure.feature(node) & 1) != 0) {
      return value(left[node] != 0 ? child : child + 1, known);
    }
    double share = trees.leftShare(node);
    return share * value(child, known) + (1 - share) * value(child + 1, known);
  }

  /** The share of the orders of all features in which those before this one are the known ones. */
  private double weight(int known) {
    double weight = 1.0 / features;
    for (int i = 1; i <= known; i++) {
      weight *= (double) i / (features - i);
    }
    return weight;
  }
}
