package dev.presage.model.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlainEnsembleTest {
  private static final ModelLimits DEEP = new ModelLimits(1, 10, 1, 10, 1_000_000, 1_000_000, 1);

  private final TreeEnsembleBuilder builder = new TreeEnsembleBuilder(2, ModelLimits.DEFAULTS);

  @Test
  void shouldSendCategoriesOfTheSetRightAndAllOthersLeft() throws ModelRefusedException {
    builder.add(new FakeTree().split(0, 1, 2).leaf(1, 10).leaf(2, 20).sendRight(0, 3, 40));
    CompiledTrees trees = builder.build();

    for (double member : new double[] {3, 40, 3.9, 40.5}) {
      assertThat(score(trees, member)).as("%s", member).isEqualTo(20);
    }
    for (double other : new double[] {0, -0.0, 2, 4, 35, 72, 1e7, 1 << 24, 1e30, -3, -1e30}) {
      assertThat(score(trees, other)).as("%s", other).isEqualTo(10);
    }
    assertThat(score(trees, Double.POSITIVE_INFINITY)).isEqualTo(10);
    assertThat(score(trees, Double.NaN)).as("missing goes left").isEqualTo(10);
  }

  @Test
  void shouldMixTreesAndNodesOfBothSorts() throws ModelRefusedException {
    builder.add(new FakeTree().split(0, 1, 2).leaf(1, 1).leaf(2, 2));
    builder.add(
        new FakeTree()
            .split(0, 1, 2)
            .missingRight(0)
            .leaf(1, 10)
            .split(2, 3, 4)
            .feature(2, 1)
            .sendRight(2, 7)
            .leaf(3, 20)
            .leaf(4, 30));
    CompiledTrees trees = builder.build();

    assertThat(trees.trees()).isEqualTo(2);
    assertThat(trees.nodes()).isEqualTo(8);
    assertThat(trees.sum(0.5f, new double[] {-1, 7})).isEqualTo(11.5f);
    assertThat(trees.sum(0.5f, new double[] {0, 7})).isEqualTo(32.5f);
    assertThat(trees.sum(0.5f, new double[] {0, 6})).isEqualTo(22.5f);
    assertThat(trees.sum(0.5f, new double[] {Double.NaN, 7})).isEqualTo(31.5f);
  }

  @Test
  void shouldTakeTreesThatAreTooLargeToBePacked() throws ModelRefusedException {
    int splits = 70_000;
    FakeTree chain = new FakeTree().leaf(0, 0);
    for (int i = 0; i < splits; i++) {
      chain.leaf(2 * i + 1, 2 * i + 1).leaf(2 * i + 2, 2 * i + 2);
      chain.split(2 * i, 2 * i + 1, 2 * i + 2).threshold(2 * i, i);
    }
    TreeEnsembleBuilder large = new TreeEnsembleBuilder(2, DEEP);
    large.add(chain);
    CompiledTrees trees = large.build();

    assertThat(trees).isInstanceOf(PlainEnsemble.class);
    assertThat(score(trees, -1)).isEqualTo(1);
    assertThat(score(trees, 68_999)).isEqualTo(138_001);
    assertThat(score(trees, Double.NaN)).isEqualTo(1);
  }

  @Test
  void shouldTakeMoreFeaturesThanCanBePacked() throws ModelRefusedException {
    int features = 20_000;
    TreeEnsembleBuilder wide = new TreeEnsembleBuilder(features, ModelLimits.DEFAULTS);
    wide.add(
        new FakeTree()
            .split(0, 1, 2)
            .leaf(1, 1)
            .leaf(2, 2)
            .feature(0, features - 1)
            .missingRight(0));
    CompiledTrees trees = wide.build();
    double[] vector = new double[features];
    vector[features - 1] = -1;

    assertThat(trees).isInstanceOf(PlainEnsemble.class);
    assertThat(trees.sum(0, vector)).isEqualTo(1);
    vector[features - 1] = Double.NaN;
    assertThat(trees.sum(0, vector)).isEqualTo(2);
  }

  @Test
  void shouldRefuseCategoriesThatCannotBe() {
    for (int category : new int[] {-1, 1 << 24, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThatThrownBy(
              () ->
                  builder.add(
                      new FakeTree()
                          .split(0, 1, 2)
                          .leaf(1, 1)
                          .leaf(2, 2)
                          .sendRight(0, 5, category)))
          .hasMessageContaining("node 0 asks for the category " + category);
    }
    assertThatThrownBy(
            () -> builder.add(new FakeTree().split(0, 1, 2).leaf(1, 1).leaf(2, 2).sendRight(0)))
        .hasMessageContaining("node 0 splits on categories, but names none");
  }

  @Property(tries = 500)
  void shouldKnowDenseAndSparseSets(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 24) int bits) {
    Random random = new Random(seed);
    int[] categories = random.ints(size, 0, 1 << bits).toArray();
    CategorySets.Builder sets = new CategorySets.Builder();
    sets.add(new int[] {0});
    int set = sets.add(categories);
    CategorySets built = sets.build();

    for (int member : categories) {
      assertThat(built.contains(set, member)).isTrue();
    }
    for (int i = 0; i < 200; i++) {
      int category = random.nextInt(1 << bits);
      assertThat(built.contains(set, category))
          .isEqualTo(Arrays.stream(categories).anyMatch(c -> c == category));
    }
  }

  private static float score(CompiledTrees trees, double value) {
    return trees.sum(0, new double[] {value, 0});
  }
}
