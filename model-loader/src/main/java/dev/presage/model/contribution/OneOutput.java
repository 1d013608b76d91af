package dev.presage.model.contribution;

import java.util.Objects;

/** The contributions to one output of several. */
record OneOutput(Contributions all, int output) implements Contributions {
  @Override
  public int features() {
    return all.features();
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public double expected(int index) {
    Objects.checkIndex(index, 1);
    return all.expected(output);
  }

  @Override
  public void write(int index, double[] vector, double[] target) {
    Objects.checkIndex(index, 1);
    all.write(output, vector, target);
  }
}
