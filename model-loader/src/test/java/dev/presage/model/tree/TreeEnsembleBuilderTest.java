package dev.presage.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import org.junit.jupiter.api.Test;

class TreeEnsembleBuilderTest {
  private static final ModelLimits LIMITS = new ModelLimits(1000, 10, 10, 3, 9, 2, 1000);
  private static final double[] LOW = {-1, 5};
  private static final double[] HIGH = {1, 5};
  private static final double[] MISSING = {Double.NaN, 5};

  private final TreeEnsembleBuilder builder = new TreeEnsembleBuilder(2, LIMITS);

  @Test
  void shouldSendLowLeftHighRightAndMissingWhereTheNodeSays() throws ModelRefusedException {
    builder.add(new FakeTree().split(0, 1, 2).leaf(1, 10).leaf(2, 20));
    builder.add(new FakeTree().split(0, 1, 2).missingRight(0).leaf(1, 100).leaf(2, 200));
    CompiledTrees trees = builder.build();

    assertThat(trees.trees()).isEqualTo(2);
    assertThat(trees.sum(0.5f, LOW)).isEqualTo(110.5f);
    assertThat(trees.sum(0.5f, HIGH)).isEqualTo(220.5f);
    assertThat(trees.sum(0.5f, MISSING)).isEqualTo(210.5f);
  }

  @Test
  void shouldSendTheThresholdItselfRightAsAFloat() throws ModelRefusedException {
    builder.add(new FakeTree().split(0, 1, 2).threshold(0, 0.1f).leaf(1, 10).leaf(2, 20));
    CompiledTrees trees = builder.build();

    assertThat(trees.sum(0, new double[] {0.1f, 0})).isEqualTo(20);
    assertThat(trees.sum(0, new double[] {0.1, 0})).as("0.1 is below 0.1f").isEqualTo(20);
    assertThat(trees.sum(0, new double[] {Math.nextDown(0.1f), 0})).isEqualTo(10);
  }

  @Test
  void shouldAddLeavesInFloatInTheOrderOfTheTrees() throws ModelRefusedException {
    builder.add(new FakeTree().leaf(0, 1e8f));
    builder.add(new FakeTree().leaf(0, -1e8f));
    builder.add(new FakeTree().leaf(0, 1));

    assertThat(builder.build().sum(1, LOW)).isEqualTo(1);
  }

  @Test
  void shouldDropNodesThatTheRootDoesNotReach() throws ModelRefusedException {
    builder.add(new FakeTree().leaf(0, 1).leaf(1, Float.NaN).split(2, 2, 2));

    assertThat(builder.build().nodes()).isEqualTo(1);
  }

  @Test
  void shouldRefuseChildrenOutOfRange() {
    for (int child : new int[] {-2, 3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      refused(
          new FakeTree().split(0, 1, child).leaf(1, 1).leaf(2, 2),
          RefusalCode.MALFORMED_TREE,
          "node 0 has the child " + child + ", but there are 3");
    }
  }

  @Test
  void shouldRefuseCyclesAndSharedNodes() {
    refused(
        new FakeTree().split(0, 1, 2).leaf(1, 1).split(2, 0, 1),
        RefusalCode.MALFORMED_TREE,
        "node 0 is reached a second time, from node 2");
    refused(
        new FakeTree().split(0, 1, 1).leaf(1, 1),
        RefusalCode.MALFORMED_TREE,
        "node 1 is reached a second time, from node 0");
    refused(
        new FakeTree().split(0, 0, 1).leaf(1, 1),
        RefusalCode.MALFORMED_TREE,
        "node 0 is reached a second time, from node 0");
  }

  @Test
  void shouldRefuseFeaturesThresholdsAndLeavesThatCannotBe() {
    refused(
        new FakeTree().split(0, 1, 2).feature(0, 2).leaf(1, 1).leaf(2, 2),
        RefusalCode.MALFORMED_TREE,
        "node 0 splits on feature 2, but there are 2");
    refused(
        new FakeTree().split(0, 1, 2).feature(0, -1).leaf(1, 1).leaf(2, 2),
        RefusalCode.MALFORMED_TREE,
        "feature -1");
    refused(
        new FakeTree().split(0, 1, 2).threshold(0, Float.NaN).leaf(1, 1).leaf(2, 2),
        RefusalCode.MALFORMED_TREE,
        "node 0 has the threshold NaN");
    refused(
        new FakeTree().leaf(0, Float.POSITIVE_INFINITY),
        RefusalCode.MALFORMED_TREE,
        "leaf 0 has the value Infinity");
    refused(new FakeTree(), RefusalCode.MALFORMED_TREE, "it has no nodes");
  }

  @Test
  void shouldRefuseWhatIsTooLarge() throws ModelRefusedException {
    FakeTree deep =
        new FakeTree()
            .split(0, 1, 2)
            .leaf(1, 1)
            .split(2, 3, 4)
            .leaf(3, 1)
            .split(4, 5, 6)
            .leaf(5, 1)
            .leaf(6, 1);
    refused(deep, RefusalCode.LIMIT_EXCEEDED, "tree 0 is more than 2 splits deep");
    builder.add(new FakeTree().leaf(0, 1));
    builder.add(new FakeTree().leaf(0, 1));
    FakeTree large = new FakeTree();
    for (int i = 0; i < 8; i++) {
      large.leaf(i, 1);
    }
    refused(large, RefusalCode.LIMIT_EXCEEDED, "more than 9 nodes");
    builder.add(new FakeTree().leaf(0, 1));
    refused(new FakeTree().leaf(0, 1), RefusalCode.LIMIT_EXCEEDED, "more than 3 trees");
  }

  private void refused(TreeSource tree, RefusalCode code, String reason) {
    assertThatThrownBy(() -> builder.add(tree))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ModelRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
