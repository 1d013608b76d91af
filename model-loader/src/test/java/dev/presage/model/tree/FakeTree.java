package dev.presage.model.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tree written node by node; a split asks whether feature 0 is below 0, missing goes left. */
final class FakeTree implements TreeSource {
  private final List<FakeNode> nodes = new ArrayList<>();
  private final Map<Integer, int[]> categories = new HashMap<>();

  FakeTree split(int node, int left, int right) {
    return put(node, new FakeNode(false, left, right, 0, 0, true));
  }

  FakeTree leaf(int node, float value) {
    return put(node, new FakeNode(true, -1, -1, 0, value, true));
  }

  FakeTree feature(int node, int feature) {
    FakeNode old = nodes.get(node);
    return put(node, new FakeNode(false, old.left, old.right, feature, old.value, true));
  }

  FakeTree threshold(int node, float threshold) {
    FakeNode old = nodes.get(node);
    return put(node, new FakeNode(false, old.left, old.right, old.feature, threshold, true));
  }

  FakeTree missingRight(int node) {
    FakeNode old = nodes.get(node);
    return put(node, new FakeNode(false, old.left, old.right, old.feature, old.value, false));
  }

  FakeTree sendRight(int node, int... members) {
    categories.put(node, members);
    return this;
  }

  @Override
  public boolean isCategorical(int node) {
    return categories.containsKey(node);
  }

  @Override
  public int[] categories(int node) {
    return categories.getOrDefault(node, new int[0]);
  }

  private FakeTree put(int node, FakeNode value) {
    if (node == nodes.size()) {
      nodes.add(value);
    } else {
      nodes.set(node, value);
    }
    return this;
  }

  @Override
  public int size() {
    return nodes.size();
  }

  @Override
  public boolean isLeaf(int node) {
    return nodes.get(node).leaf;
  }

  @Override
  public int left(int node) {
    return nodes.get(node).left;
  }

  @Override
  public int right(int node) {
    return nodes.get(node).right;
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
    return nodes.get(node).missingGoesLeft;
  }

  @Override
  public float leaf(int node) {
    return nodes.get(node).value;
  }

  private record FakeNode(
      boolean leaf, int left, int right, int feature, float value, boolean missingGoesLeft) {}
}
