package dev.presage.model.contribution;

import dev.presage.model.tree.TreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A tree of random shape; features come again on a path, and some children saw no row. */
final class RandomTree implements TreeSource {
  private final List<RandomNode> nodes = new ArrayList<>();
  private final Random random;
  private final int features;

  private RandomTree(Random random, int features) {
    this.random = random;
    this.features = features;
    nodes.add(leafOf(1 + random.nextInt(1000)));
  }

  static RandomTree bush(Random random, int features, int depth) {
    RandomTree tree = new RandomTree(random, features);
    tree.grow(0, depth);
    return tree;
  }

  /** A split on each feature, one below the other. */
  static RandomTree chain(Random random, int features) {
    RandomTree tree = new RandomTree(random, features);
    int node = 0;
    for (int feature = 0; feature < features; feature++) {
      node = tree.split(node, feature) + random.nextInt(2);
    }
    return tree;
  }

  private record RandomNode(int left, int feature, float value, boolean missingLeft, float cover) {}

  private RandomNode leafOf(float cover) {
    return new RandomNode(-1, 0, (float) random.nextGaussian(), false, cover);
  }

  private void grow(int node, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      return;
    }
    int left = split(node, random.nextInt(features));
    grow(left, depth - 1);
    grow(left + 1, depth - 1);
  }

  /** Answers the left child. */
  private int split(int node, int feature) {
    int left = nodes.size();
    float cover = nodes.get(node).cover;
    float ofLeft = random.nextInt(6) == 0 ? 0 : cover * random.nextFloat();
    float threshold = (float) random.nextGaussian();
    nodes.set(node, new RandomNode(left, feature, threshold, random.nextBoolean(), cover));
    nodes.add(leafOf(ofLeft));
    nodes.add(leafOf(cover - ofLeft));
    return left;
  }

  @Override
  public int size() {
    return nodes.size();
  }

  @Override
  public boolean isLeaf(int node) {
    return nodes.get(node).left < 0;
  }

  @Override
  public int left(int node) {
    return nodes.get(node).left;
  }

  @Override
  public int right(int node) {
    return nodes.get(node).left + 1;
  }

  @Override
  public int feature(int node) {
    return nodes.get(node).feature;
  }

  @Override
  public float threshold(int node) {
    return nodes.get(node).value;
  }

  @Override
  public boolean missingGoesLeft(int node) {
    return nodes.get(node).missingLeft;
  }

  @Override
  public float leaf(int node) {
    return nodes.get(node).value;
  }

  @Override
  public float cover(int node) {
    return nodes.get(node).cover;
  }
}
