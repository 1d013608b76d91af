package dev.presage.scoring.population;

import dev.presage.schemas.avro.BinCount;
import dev.presage.schemas.avro.Census;
import dev.presage.schemas.avro.SegmentCount;
import dev.presage.schemas.avro.TraitCensus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a partition said of a trait or a segmentation, in as little memory as it takes. */
sealed interface Report {

  int partition();

  boolean isComplete();

  /** Of a trait: how many profiles are in which bin. */
  final class OfTrait implements Report {
    private final String trait;
    private final int partition;
    private final boolean isComplete;
    private final Bins bins;
    private final int[] numbers;
    private final long[] profiles;

    private OfTrait(
        String trait,
        int partition,
        boolean isComplete,
        Bins bins,
        int[] numbers,
        long[] profiles) {
      this.trait = trait;
      this.partition = partition;
      this.isComplete = isComplete;
      this.bins = bins;
      this.numbers = numbers;
      this.profiles = profiles;
    }

    String trait() {
      return trait;
    }

    @Override
    public int partition() {
      return partition;
    }

    @Override
    public boolean isComplete() {
      return isComplete;
    }

    Bins bins() {
      return bins;
    }

    /** Adds the profiles, or takes them off. */
    void addTo(long[] counts, int sign) {
      for (int i = 0; i < numbers.length; i++) {
        counts[numbers[i]] += sign * profiles[i];
      }
    }
  }

  /** Of a segmentation: how many profiles are in which segment. */
  record OfSegmentation(
      String segmentation, int partition, boolean isComplete, List<SegmentCount> segments)
      implements Report {}

  /**
   * Checks a record of the topic.
   *
   * @return null where its bins are those of another release
   * @throws IllegalArgumentException when it says what cannot be
   */
  static @Nullable Report of(Census census, int partitions) {
    int partition = census.getPartition();
    if (partition < 0 || partition >= partitions) {
      throw new IllegalArgumentException(
          "A census is of partition %d; there are %d".formatted(partition, partitions));
    }
    if ((census.getTrait() == null) == (census.getSegmentation() == null)) {
      throw new IllegalArgumentException("A census is of either a trait or a segmentation");
    }
    return census.getTrait() == null
        ? new OfSegmentation(
            census.getSegmentation().getSegmentation(),
            partition,
            census.getComplete(),
            List.copyOf(census.getSegmentation().getSegments()))
        : of(census.getTrait(), partition, census.getComplete());
  }

  private static @Nullable Report of(TraitCensus census, int partition, boolean isComplete) {
    Bins bins = Bins.named(census.getBins());
    if (bins == null) {
      return null;
    }
    List<BinCount> counts = census.getCounts();
    int[] numbers = new int[counts.size()];
    long[] profiles = new long[counts.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = counts.get(i).getBin();
      profiles[i] = counts.get(i).getProfiles();
      if (numbers[i] < 0 || numbers[i] >= bins.count() || profiles[i] < 0) {
        throw new IllegalArgumentException(
            "A census of %s has %d profiles in bin %d of %d"
                .formatted(census.getTrait(), profiles[i], numbers[i], bins.count()));
      }
    }
    return new OfTrait(census.getTrait(), partition, isComplete, bins, numbers, profiles);
  }
}
