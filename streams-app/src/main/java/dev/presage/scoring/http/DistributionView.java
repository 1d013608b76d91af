package dev.presage.scoring.http;

import dev.presage.scoring.population.Distribution;
import dev.presage.scoring.population.Distribution.Bucket;
import dev.presage.scoring.population.Population;
import io.micronaut.serde.annotation.Serdeable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last published values of a trait, over all instances.
 *
 * @param trait name of the trait
 * @param complete whether every partition has been counted completely
 * @param countedPartitions how many have
 * @param partitions how many there are
 * @param profiles how many have a value, as far as they are counted
 * @param quantiles values by the percentage of profiles that have at most these; empty without
 *     profiles. Each is the lower end of a bin
 * @param histogram from the lowest value to the highest
 */
@Serdeable
record DistributionView(
    String trait,
    boolean complete,
    int countedPartitions,
    int partitions,
    long profiles,
    Map<String, Double> quantiles,
    List<BucketView> histogram) {
  static final int BUCKETS = 50;

  private static final int[] PERCENTS = {1, 5, 10, 25, 50, 75, 90, 95, 99};

  /**
   * Neighbouring bins together.
   *
   * @param from lowest value; null for no bound
   * @param to where the next begins; null for no bound
   * @param profiles how many have a value in it
   */
  @Serdeable
  record BucketView(@Nullable Double from, @Nullable Double to, long profiles) {}

  static DistributionView of(String trait, Population population, int buckets) {
    Distribution distribution = population.distribution(trait);
    if (distribution == null) {
      return new DistributionView(trait, false, 0, population.partitions(), 0, Map.of(), List.of());
    }
    return new DistributionView(
        trait,
        distribution.isComplete(),
        distribution.partitions(),
        population.partitions(),
        distribution.profiles(),
        quantiles(distribution),
        distribution.buckets(buckets).stream().map(DistributionView::view).toList());
  }

  private static Map<String, Double> quantiles(Distribution distribution) {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    if (distribution.profiles() > 0) {
      for (int percent : PERCENTS) {
        quantiles.put(Integer.toString(percent), distribution.quantile(percent / 100.0));
      }
    }
    return quantiles;
  }

  private static BucketView view(Bucket bucket) {
    return new BucketView(orNull(bucket.from()), orNull(bucket.to()), bucket.profiles());
  }

  private static @Nullable Double orNull(double bound) {
    return Double.isInfinite(bound) ? null : bound;
  }
}
