package dev.presage.features;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Numbers of profiles by a law of Zipf and Mandelbrot: the profile of rank r comes in proportion to
 * 1 / (r + 50). Of 100,000 profiles the first thousand have 40% of the events, and the first of all
 * has 0.26%, so that no profile becomes a robot's while it is measured.
 */
public final class SkewedKeys {
  private static final int SHIFT = 50;

  private final double[] cumulative;

  /** Of so many profiles. */
  public SkewedKeys(int profiles) {
    cumulative = new double[profiles];
    double sum = 0;
    for (int rank = 0; rank < profiles; rank++) {
      sum += 1.0 / (rank + 1 + SHIFT);
      cumulative[rank] = sum;
    }
  }

  /** Returns the number of a profile, from 0. */
  public int next(SplittableRandom random) {
    int found =
        Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
    int rank = Math.min(found >= 0 ? found : -found - 1, cumulative.length - 1);
    // Spreads the ranks over the key space, where neighbours would share blocks of RocksDB.
    return (int) (rank * 7_919L % cumulative.length);
  }
}
