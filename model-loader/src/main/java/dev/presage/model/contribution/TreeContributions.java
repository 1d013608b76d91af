package dev.presage.model.contribution;

import dev.presage.model.tree.CoveredTrees;
import java.util.Arrays;
import java.util.List;

/** Of trees, a group of them for each output: path-dependent TreeSHAP, see {@link ShapleyTrees}. */
public final class TreeContributions implements Contributions {
  private final int features;
  private final ShapleyTrees[] groups;
  private final double[] expected;
  private final ThreadLocal<ShapleyTrees.Scratch> scratch;

  /**
   * Compiles the trees.
   *
   * @param features length of a vector
   * @param groups the trees of each output
   * @param baseMargins what each output starts with
   */
  public TreeContributions(int features, List<CoveredTrees> groups, float[] baseMargins) {
    this.features = features;
    this.groups =
        groups.stream()
            .map(trees -> new ShapleyTreesCompiler(trees).compile())
            .toArray(ShapleyTrees[]::new);
    this.expected = new double[baseMargins.length];
    for (int output = 0; output < expected.length; output++) {
      expected[output] = baseMargins[output] + this.groups[output].expected();
    }
    int splits = Arrays.stream(this.groups).mapToInt(ShapleyTrees::splits).max().orElse(0);
    int slots = Arrays.stream(this.groups).mapToInt(ShapleyTrees::mostSlots).max().orElse(0);
    this.scratch = ThreadLocal.withInitial(() -> new ShapleyTrees.Scratch(splits, slots));
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int outputs() {
    return groups.length;
  }

  @Override
  public double expected(int output) {
    return expected[output];
  }

  @Override
  public void write(int output, double[] vector, double[] target) {
    Vectors.require(features, vector, target);
    Arrays.fill(target, 0);
    groups[output].addTo(target, vector, scratch.get());
  }
}
