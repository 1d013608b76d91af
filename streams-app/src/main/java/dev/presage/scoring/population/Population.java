package dev.presage.scoring.population;

import dev.presage.schemas.avro.BinCount;
import dev.presage.schemas.avro.Census;
import dev.presage.schemas.avro.SegmentCount;
import dev.presage.schemas.avro.SegmentationCensus;
import dev.presage.schemas.avro.TraitCensus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole population, put together from what every partition has said last. Of a partition that
 * was counted completely once, what is said while it is counted anew is passed over. Thread-safe;
 * whoever looks something up gets an immutable answer, never waits, and allocates nothing.
 */
public final class Population {
  private final int partitions;
  private final Map<String, Census> byKey = new HashMap<>();
  private final Map<String, TraitReports> reportsOfTraits = new HashMap<>();
  private final Map<String, Census[]> reportsOfSegmentations = new HashMap<>();
  private final Map<String, Distribution> distributions = new ConcurrentHashMap<>();
  private final Map<String, SegmentSizes> sizes = new ConcurrentHashMap<>();

  /**
   * A population of which nothing is known.
   *
   * @param partitions of {@code profile-log}
   */
  public Population(int partitions) {
    this.partitions = partitions;
  }

  /** What the partitions have said of a trait, in the same bins. */
  private static final class TraitReports {
    final Bins bins;
    final @Nullable Census[] byPartition;
    final long[] counts;

    TraitReports(Bins bins, int partitions) {
      this.bins = bins;
      this.byPartition = new Census[partitions];
      this.counts = new long[bins.count()];
    }

    void put(int partition, @Nullable Census census) {
      add(byPartition[partition], -1);
      byPartition[partition] = census;
      add(census, 1);
    }

    private void add(@Nullable Census census, int sign) {
      if (census != null) {
        for (BinCount count : census.getTrait().getCounts()) {
          counts[count.getBin()] += sign * count.getProfiles();
        }
      }
    }
  }

  /** How many partitions there are. */
  public int partitions() {
    return partitions;
  }

  /** The values of a trait; null where nothing was heard of it. */
  public @Nullable Distribution distribution(String trait) {
    return distributions.get(trait);
  }

  /** The segments of a segmentation; {@link SegmentSizes#NONE} where nothing was heard of it. */
  public SegmentSizes sizes(String segmentation) {
    return sizes.getOrDefault(segmentation, SegmentSizes.NONE);
  }

  /**
   * Where a value of a trait ranks in the whole population, see {@link Distribution#percentile}.
   *
   * @return NaN also while not every partition was counted completely
   */
  public double percentile(String trait, double value) {
    Distribution distribution = distributions.get(trait);
    return distribution == null || !distribution.isComplete()
        ? Double.NaN
        : distribution.percentile(value);
  }

  /** Whether a complete census was heard under a key. */
  public synchronized boolean hasComplete(String key) {
    Census census = byKey.get(key);
    return census != null && census.getComplete();
  }

  /**
   * Takes in a record of the topic.
   *
   * @param census null where it does not count any more
   * @throws IllegalArgumentException when it says what cannot be
   */
  public synchronized void onRecord(String key, @Nullable Census census) {
    Census before = byKey.get(key);
    if (census == null) {
      if (before != null) {
        forget(key, before);
      }
      return;
    }
    check(census);
    if (before != null
        && before.getComplete()
        && !census.getComplete()
        && isAlike(before, census)) {
      return;
    }
    TraitCensus ofTrait = census.getTrait();
    if (ofTrait != null) {
      Bins bins = bins(ofTrait);
      if (bins == null) {
        return;
      }
      TraitReports reports = reports(ofTrait.getTrait(), bins);
      reports.put(census.getPartition(), census);
      show(ofTrait.getTrait(), reports);
    } else {
      String name = census.getSegmentation().getSegmentation();
      Census[] reports = reportsOfSegmentations.computeIfAbsent(name, it -> new Census[partitions]);
      reports[census.getPartition()] = census;
      show(name, reports);
    }
    byKey.put(key, census);
  }

  private void check(Census census) {
    if (census.getPartition() < 0 || census.getPartition() >= partitions) {
      throw new IllegalArgumentException(
          "A census is of partition %d; there are %d".formatted(census.getPartition(), partitions));
    }
    TraitCensus trait = census.getTrait();
    SegmentationCensus segmentation = census.getSegmentation();
    if ((trait == null) == (segmentation == null)) {
      throw new IllegalArgumentException("A census is of either a trait or a segmentation");
    }
    Bins bins = trait == null ? null : bins(trait);
    if (trait != null && bins != null) {
      for (BinCount count : trait.getCounts()) {
        if (count.getBin() < 0 || count.getBin() >= bins.count() || count.getProfiles() < 0) {
          throw new IllegalArgumentException(
              "A census of %s has %d profiles in bin %d of %d"
                  .formatted(trait.getTrait(), count.getProfiles(), count.getBin(), bins.count()));
        }
      }
    }
  }

  private static boolean isAlike(Census one, Census other) {
    TraitCensus trait = one.getTrait();
    return trait == null
        || (other.getTrait() != null && trait.getBins().equals(other.getTrait().getBins()));
  }

  private static @Nullable Bins bins(TraitCensus census) {
    for (Bins bins : List.of(LikelihoodBins.STANDARD, ValueBins.STANDARD)) {
      if (bins.name().equals(census.getBins())) {
        return bins;
      }
    }
    return null;
  }

  private TraitReports reports(String trait, Bins bins) {
    TraitReports reports = reportsOfTraits.get(trait);
    if (reports == null || reports.bins != bins) {
      reports = new TraitReports(bins, partitions);
      reportsOfTraits.put(trait, reports);
    }
    return reports;
  }

  private void forget(String key, Census before) {
    byKey.remove(key);
    TraitCensus ofTrait = before.getTrait();
    if (ofTrait != null) {
      TraitReports reports = reportsOfTraits.get(ofTrait.getTrait());
      if (reports != null && reports.byPartition[before.getPartition()] == before) {
        reports.put(before.getPartition(), null);
        show(ofTrait.getTrait(), reports);
      }
    } else {
      String name = before.getSegmentation().getSegmentation();
      Census[] reports = Objects.requireNonNull(reportsOfSegmentations.get(name));
      reports[before.getPartition()] = null;
      show(name, reports);
    }
  }

  private void show(String trait, TraitReports reports) {
    int complete = complete(reports.byPartition);
    distributions.put(
        trait, Distribution.of(reports.bins, reports.counts, complete, complete == partitions));
  }

  private void show(String segmentation, @Nullable Census[] reports) {
    Map<String, Long> members = new HashMap<>();
    long former = 0;
    for (Census report : reports) {
      if (report != null) {
        for (SegmentCount count : report.getSegmentation().getSegments()) {
          if (count.getSegment() == null) {
            former += count.getProfiles();
          } else {
            members.merge(count.getSegment(), count.getProfiles(), Long::sum);
          }
        }
      }
    }
    int complete = complete(reports);
    sizes.put(segmentation, new SegmentSizes(members, former, complete, complete == partitions));
  }

  private static int complete(@Nullable Census[] reports) {
    int complete = 0;
    for (Census report : reports) {
      if (report != null && report.getComplete()) {
        complete++;
      }
    }
    return complete;
  }
}
