package dev.presage.retrain.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Resamples of rows, for intervals (the bootstrap of Efron, 1979): each draws as many profiles as
 * there are, with replacement, and takes all rows of a profile as often as the profile was drawn.
 * Rows of one profile are alike, so that rows drawn one by one would give intervals that are too
 * narrow.
 *
 * <p>The same seed gives the same resamples. Figures of two predictors from one object of this
 * class are of the same resamples, and can be compared pair by pair. Immutable.
 */
public final class Resamples {
  /** Enough for the ends of an interval to be stable to about a tenth of its width. */
  public static final int STANDARD = 200;

  /** An arbitrary number; the same one everywhere makes every run reproducible. */
  public static final long SEED = 20_250_101L;

  /** Of fewer profiles no resample says how they vary. */
  private static final int LEAST_DRAWS = 10;

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final int count;
  private final long seed;
  private final int[] drawnTogether;
  private final int draws;

  private Resamples(int[] drawnTogether, int draws, int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("The number of resamples is at least 0, here " + count);
    }
    this.drawnTogether = drawnTogether;
    this.draws = draws;
    this.count = draws < LEAST_DRAWS ? 0 : count;
    this.seed = seed;
  }

  /** No resamples: figures without intervals. */
  public static Resamples none(int rows) {
    return ofRows(rows, 0, 0);
  }

  /**
   * Rows that are drawn one by one.
   *
   * @param rows how many there are
   * @param count how many resamples
   */
  public static Resamples ofRows(int rows, int count, long seed) {
    int[] alone = new int[rows];
    Arrays.setAll(alone, row -> row);
    return new Resamples(alone, rows, count, seed);
  }

  /**
   * Rows that are drawn profile by profile.
   *
   * @param profiles a number that stands for the profile, row by row
   * @param count how many resamples
   */
  public static Resamples ofProfiles(long[] profiles, int count, long seed) {
    Map<Long, Integer> numbers = new HashMap<>();
    int[] numbered = new int[profiles.length];
    for (int row = 0; row < profiles.length; row++) {
      Integer known = numbers.putIfAbsent(profiles[row], numbers.size());
      numbered[row] = known == null ? numbers.size() - 1 : known;
    }
    return new Resamples(numbered, numbers.size(), count, seed);
  }

  /** How many there are; none where there are fewer than ten profiles to draw. */
  public int count() {
    return count;
  }

  /** How many rows are resampled. */
  public int rows() {
    return drawnTogether.length;
  }

  /** The rows with these numbers as often as before, the others never: they are left out. */
  public Resamples where(int[] rows) {
    int[] kept = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      kept[i] = drawnTogether[rows[i]];
    }
    return new Resamples(kept, draws, count, seed);
  }

  /**
   * The weights of the rows in a resample.
   *
   * @param resample its number, from 0
   * @param weights of the rows as they are
   * @param resampled is overwritten: the weights times how often each row was drawn
   */
  void weigh(int resample, double[] weights, double[] resampled) {
    // The generator steps by the golden gamma: seeds that far apart would give the same numbers,
    // moved by one. Its output is mixed.
    long mixed = new SplittableRandom(seed + resample * GOLDEN_GAMMA).nextLong();
    SplittableRandom random = new SplittableRandom(mixed);
    int[] times = new int[draws];
    for (int i = 0; i < draws; i++) {
      times[random.nextInt(draws)]++;
    }
    for (int row = 0; row < weights.length; row++) {
      resampled[row] = weights[row] * times[drawnTogether[row]];
    }
  }
}
