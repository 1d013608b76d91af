package dev.presage.model.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Compiled trees against a plain walk of the trees as they were given. */
class TreeEnsembleTest {
  private static final int FEATURES = 4;
  private static final float[] ODD = {
    0f,
    -0f,
    1f,
    -1f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  @Property(tries = 500)
  void shouldWalkAsThePlainTreesDo(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 40) int count,
      @ForAll @IntRange(min = 0, max = 40) int depth)
      throws ModelRefusedException {
    Random random = new Random(seed);
    List<FakeTree> trees = new ArrayList<>();
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder(FEATURES, ModelLimits.DEFAULTS);
    for (int i = 0; i < count; i++) {
      FakeTree tree = lopsided(random, random.nextInt(depth + 1));
      trees.add(tree);
      builder.add(tree);
    }
    CompiledTrees ensemble = builder.build();

    assertThat(ensemble).isInstanceOf(TreeEnsemble.class);
    assertThat(ensemble.trees()).isEqualTo(count);
    assertThat(ensemble.nodes()).isEqualTo(trees.stream().mapToInt(FakeTree::size).sum());
    for (int row = 0; row < 50; row++) {
      double[] vector = vector(random);
      assertThat(ensemble.sum(0.25f, vector)).isEqualTo(plainSum(0.25f, trees, vector));
    }
  }

  @Property(tries = 100)
  void shouldWalkBushyTrees(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int count,
      @ForAll @IntRange(min = 0, max = 11) int depth)
      throws ModelRefusedException {
    Random random = new Random(seed);
    List<FakeTree> trees = new ArrayList<>();
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder(FEATURES, ModelLimits.DEFAULTS);
    for (int i = 0; i < count; i++) {
      FakeTree tree = bushy(random, depth);
      trees.add(tree);
      builder.add(tree);
    }
    CompiledTrees ensemble = builder.build();

    for (int row = 0; row < 50; row++) {
      double[] vector = vector(random);
      assertThat(ensemble.sum(0.25f, vector)).isEqualTo(plainSum(0.25f, trees, vector));
    }
  }

  @Example
  void shouldKeepTheSignOfZero() throws ModelRefusedException {
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder(FEATURES, ModelLimits.DEFAULTS);
    builder.add(new FakeTree().leaf(0, -0f));

    float sum = builder.build().sum(-0f, new double[FEATURES]);

    assertThat(Float.floatToRawIntBits(sum)).isEqualTo(Float.floatToRawIntBits(-0f));
  }

  @Property(tries = 1000)
  void shouldOrderKeysAsFloats(@ForAll float a, @ForAll float b) {
    assertThat(VectorKeys.key(a) < VectorKeys.key(b)).isEqualTo(a < b);
    for (float odd : ODD) {
      assertThat(VectorKeys.key(a) < VectorKeys.key(odd)).isEqualTo(a < odd);
      assertThat(VectorKeys.key(odd)).isBetween(Integer.MIN_VALUE + 2, Integer.MAX_VALUE - 1);
    }
  }

  /** A tree of the given depth with a leaf beside each split but sometimes a second split. */
  private static FakeTree lopsided(Random random, int depth) {
    FakeTree tree = new FakeTree();
    List<Integer> open = new ArrayList<>(List.of(0));
    tree.leaf(0, leaf(random));
    int size = 1;
    for (int level = 0; level < depth; level++) {
      List<Integer> next = new ArrayList<>();
      for (int node : open) {
        tree.leaf(size, leaf(random)).leaf(size + 1, leaf(random));
        tree.split(node, size, size + 1)
            .feature(node, random.nextInt(FEATURES))
            .threshold(node, value(random));
        if (random.nextBoolean()) {
          tree.missingRight(node);
        }
        next.add(size + random.nextInt(2));
        size += 2;
      }
      if (level == 1) {
        next.add(size - 1 == next.get(0) ? size - 2 : size - 1);
      }
      open = next;
    }
    return tree;
  }

  /** A tree of at most the given depth of which most nodes split. */
  private static FakeTree bushy(Random random, int depth) {
    FakeTree tree = new FakeTree().leaf(0, leaf(random));
    List<Integer> open = List.of(0);
    int size = 1;
    for (int level = 0; level < depth; level++) {
      List<Integer> next = new ArrayList<>();
      for (int node : open) {
        if (random.nextInt(6) == 0) {
          continue;
        }
        tree.leaf(size, leaf(random)).leaf(size + 1, leaf(random));
        tree.split(node, size, size + 1)
            .feature(node, random.nextInt(FEATURES))
            .threshold(node, value(random));
        if (random.nextBoolean()) {
          tree.missingRight(node);
        }
        next.add(size);
        next.add(size + 1);
        size += 2;
      }
      open = next;
    }
    return tree;
  }

  private static float plainSum(float start, List<FakeTree> trees, double[] vector) {
    float sum = start;
    for (FakeTree tree : trees) {
      int node = 0;
      while (!tree.isLeaf(node)) {
        float value = (float) vector[tree.feature(node)];
        boolean left =
            Float.isNaN(value) ? tree.missingGoesLeft(node) : value < tree.threshold(node);
        node = left ? tree.left(node) : tree.right(node);
      }
      sum += tree.leaf(node);
    }
    return sum;
  }

  private static double[] vector(Random random) {
    double[] vector = new double[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      vector[i] = random.nextInt(5) == 0 ? Double.NaN : value(random);
    }
    return vector;
  }

  private static float value(Random random) {
    return random.nextInt(3) == 0 ? ODD[random.nextInt(ODD.length)] : (float) random.nextGaussian();
  }

  private static float leaf(Random random) {
    return (float) random.nextGaussian();
  }
}
