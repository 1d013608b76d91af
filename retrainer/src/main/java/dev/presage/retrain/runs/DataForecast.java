package dev.presage.retrain.runs;

import dev.presage.retrain.split.TimeSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * When there will be enough of something if it goes on at the rate at which it came so far.
 *
 * @param start where the history begins, milliseconds since the epoch
 * @param end where it ends
 * @param horizonMillis how far labels look ahead
 */
record DataForecast(long start, long end, long horizonMillis) {
  private static final long FARTHEST = Duration.ofDays(3_652).toMillis();
  private static final long PRECISION = Duration.ofHours(1).toMillis();

  /** The rate at which what is labelled came: by the millisecond in which there can be a label. */
  double labelledRate(double found) {
    long labelled = end - horizonMillis - start;
    return labelled <= 0 ? 0 : found / labelled;
  }

  /** The rate at which anything came. */
  double rate(double found) {
    return end <= start ? 0 : found / (end - start);
  }

  /**
   * When the history will be long enough.
   *
   * @param length the time, of a split of the history, in which the thing is counted
   * @param rate how many there are in a millisecond
   * @return null where there are enough, and where there will not be within ten years
   */
  @Nullable Instant when(
      double found, double needed, double rate, ToLongFunction<TimeSplit> length) {
    if (found >= needed || count(end + FARTHEST, rate, length) < needed) {
      return null;
    }
    long few = end;
    long enough = end + FARTHEST;
    while (enough - few > PRECISION) {
      long middle = few + (enough - few) / 2;
      if (count(middle, rate, length) < needed) {
        few = middle;
      } else {
        enough = middle;
      }
    }
    return Instant.ofEpochMilli(enough);
  }

  private double count(long until, double rate, ToLongFunction<TimeSplit> length) {
    return rate * Math.max(0, length.applyAsLong(TimeSplit.of(start, until, horizonMillis)));
  }
}
