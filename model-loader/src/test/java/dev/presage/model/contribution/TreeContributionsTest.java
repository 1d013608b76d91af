package dev.presage.model.contribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.presage.model.ModelLimits;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.tree.CoveredTrees;
import dev.presage.model.tree.TreeEnsembleBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TreeContributionsTest {
  private static final float[] NO_BASE = {0};

  @Property
  void shouldBeTheShapleyValuesByTheirDefinition(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 8) int features,
      @ForAll @IntRange(min = 0, max = 9) int depth)
      throws ModelRefusedException {
    Random random = new Random(seed);
    CoveredTrees trees = trees(random, features, depth, 3);
    Contributions contributions = new TreeContributions(features, List.of(trees), NO_BASE);
    double[] actual = new double[features];
    for (int row = 0; row < 3; row++) {
      double[] vector = vector(random, features);
      NaiveShapley naive = new NaiveShapley(trees, vector);

      contributions.write(0, vector, actual);

      for (int feature = 0; feature < features; feature++) {
        assertThat(actual[feature]).isCloseTo(naive.contribution(feature), within(1e-6));
      }
      assertThat(contributions.expected(0)).isCloseTo(naive.margin(0), within(1e-6));
    }
  }

  @Test
  void shouldSumToTheMarginOfTreesOfManyFeaturesOnAPath() throws ModelRefusedException {
    int features = 300;
    Random random = new Random(7);
    CoveredTrees trees = chain(random, features);
    Contributions contributions = new TreeContributions(features, List.of(trees), NO_BASE);
    double[] actual = new double[features];
    for (int row = 0; row < 20; row++) {
      double[] vector = vector(random, features);
      int node = trees.structure().root(0);
      byte[] left = new byte[1];
      while (!trees.structure().isLeaf(node)) {
        trees.structure().directions(new int[] {node}).write(vector, left);
        node = trees.structure().left(node) + 1 - left[0];
      }
      double margin = trees.structure().value(node);

      contributions.write(0, vector, actual);

      assertThat(contributions.expected(0) + Arrays.stream(actual).sum())
          .isCloseTo(margin, within(1e-6));
    }
  }

  @Test
  void shouldRefuseArraysOfAnotherLength() throws ModelRefusedException {
    Contributions contributions =
        new TreeContributions(3, List.of(trees(new Random(1), 3, 2, 1)), NO_BASE);

    assertThatThrownBy(() -> contributions.write(0, new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the vector has 2 values and the target 3, the model has 3 features");
  }

  private static CoveredTrees trees(Random random, int features, int depth, int count)
      throws ModelRefusedException {
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder(features, ModelLimits.DEFAULTS);
    for (int tree = 0; tree < count; tree++) {
      builder.add(RandomTree.bush(random, features, depth));
    }
    return Objects.requireNonNull(builder.covered(builder.build()));
  }

  private static CoveredTrees chain(Random random, int features) throws ModelRefusedException {
    TreeEnsembleBuilder builder = new TreeEnsembleBuilder(features, ModelLimits.DEFAULTS);
    builder.add(RandomTree.chain(random, features));
    return Objects.requireNonNull(builder.covered(builder.build()));
  }

  private static double[] vector(Random random, int features) {
    double[] vector = new double[features];
    for (int feature = 0; feature < features; feature++) {
      vector[feature] = random.nextInt(6) == 0 ? Double.NaN : random.nextGaussian();
    }
    return vector;
  }
}
