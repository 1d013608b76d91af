package dev.presage.scoring.quality;

import dev.presage.model.LoadedModel;
import dev.presage.model.calibration.Bands;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a challenger and the live model said of the same vectors: how many there were and how far
 * apart they were, exactly, and a uniform sample of the pairs for what has to be ranked. Stream
 * threads share it; adding a pair takes one lock and allocates nothing.
 *
 * <p>The sample is Algorithm R of Jeffrey Vitter, "Random sampling with a reservoir", ACM
 * Transactions on Mathematical Software 11 (1985).
 */
final class ChallengerPairs {
  /** How many pairs are kept: a share of them is off by 0.5 percentage points, one sigma. */
  static final int SAMPLE = 10_000;

  private final LoadedModel challenger;
  private final LoadedModel live;
  private final double[] ofChallenger = new double[SAMPLE];
  private final double[] ofLive = new double[SAMPLE];
  private final SplittableRandom random = new SplittableRandom(7);
  private long pairs;
  private double differences;

  ChallengerPairs(LoadedModel challenger, LoadedModel live) {
    this.challenger = challenger;
    this.live = live;
  }

  /** Whether these are of two models as they were loaded; one that is loaded anew is another. */
  @SuppressWarnings("ReferenceEquality")
  boolean areOf(LoadedModel challenger, LoadedModel live) {
    return this.challenger == challenger && this.live == live;
  }

  LoadedModel challenger() {
    return challenger;
  }

  LoadedModel live() {
    return live;
  }

  /** Adds a pair; none where one of them is NaN. */
  void add(double challengerScore, double liveScore) {
    double difference = Math.abs(challengerScore - liveScore);
    if (!Double.isNaN(difference)) {
      keep(challengerScore, liveScore, difference);
    }
  }

  private synchronized void keep(double challengerScore, double liveScore, double difference) {
    long place = pairs < SAMPLE ? pairs : random.nextLong(pairs + 1);
    pairs++;
    differences += difference;
    if (place < SAMPLE) {
      ofChallenger[(int) place] = challengerScore;
      ofLive[(int) place] = liveScore;
    }
  }

  /**
   * The figures of this moment; null before the first pair. Sorts the sample twice.
   *
   * @param percentileBands the name of the band of a percentile, 0 to 100
   */
  @Nullable ChallengerFigures figures(DoubleFunction<String> percentileBands) {
    long count;
    double mean;
    double[] ones;
    double[] others;
    synchronized (this) {
      if (pairs == 0) {
        return null;
      }
      count = pairs;
      mean = differences / pairs;
      int kept = (int) Math.min(SAMPLE, pairs);
      ones = Arrays.copyOf(ofChallenger, kept);
      others = Arrays.copyOf(ofLive, kept);
    }
    double[] ranks = Ranks.of(ones);
    double[] liveRanks = Ranks.of(others);
    int changed = 0;
    for (int i = 0; i < ones.length; i++) {
      double percentile = 100 * (ranks[i] - 0.5) / ones.length;
      double livePercentile = 100 * (liveRanks[i] - 0.5) / ones.length;
      String band = band(challenger.bands(), ones[i], percentile, percentileBands);
      String liveBand = band(live.bands(), others[i], livePercentile, percentileBands);
      if (!Objects.equals(band, liveBand)) {
        changed++;
      }
    }
    return new ChallengerFigures(
        challenger.version(),
        live.version(),
        count,
        mean,
        ones.length,
        changed / (double) ones.length,
        Ranks.correlation(ranks, liveRanks));
  }

  /**
   * The band that updates of the model would say: its own, where it has some, else that of the rank
   * among the model's own scores, as the population would have them were it live.
   */
  private static @Nullable String band(
      Bands bands, double score, double percentile, DoubleFunction<String> percentileBands) {
    return bands == Bands.NONE ? percentileBands.apply(percentile) : bands.of(score);
  }
}
