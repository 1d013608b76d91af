package dev.presage.scoring.population;

import dev.presage.schemas.avro.Census;
import dev.presage.schemas.avro.SegmentCount;
import java.util.HashMap;
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
  private final Map<String, Report> byKey = new HashMap<>();
  private final Map<String, TraitReports> reportsOfTraits = new HashMap<>();
  private final Map<String, Report.OfSegmentation[]> reportsOfSegmentations = new HashMap<>();
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
    final Report.@Nullable OfTrait[] byPartition;
    final long[] counts;

    TraitReports(Bins bins, int partitions) {
      this.bins = bins;
      this.byPartition = new Report.OfTrait[partitions];
      this.counts = new long[bins.count()];
    }

    void put(int partition, Report.@Nullable OfTrait report) {
      Report.OfTrait before = byPartition[partition];
      if (before != null) {
        before.addTo(counts, -1);
      }
      byPartition[partition] = report;
      if (report != null) {
        report.addTo(counts, 1);
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
    Report report = byKey.get(key);
    return report != null && report.isComplete();
  }

  /**
   * Takes in a record of the topic.
   *
   * @param census null where it does not count any more
   * @throws IllegalArgumentException when it says what cannot be
   */
  public synchronized void onRecord(String key, @Nullable Census census) {
    Report before = byKey.get(key);
    if (census == null) {
      if (before != null) {
        forget(key, before);
      }
      return;
    }
    Report report = Report.of(census, partitions);
    if (report == null || (before != null && outlasts(before, report))) {
      return;
    }
    byKey.put(key, report);
    switch (report) {
      case Report.OfTrait ofTrait -> {
        TraitReports reports = reports(ofTrait.trait(), ofTrait.bins());
        reports.put(ofTrait.partition(), ofTrait);
        show(ofTrait.trait(), reports);
      }
      case Report.OfSegmentation ofSegmentation -> {
        String name = ofSegmentation.segmentation();
        Report.OfSegmentation[] reports =
            reportsOfSegmentations.computeIfAbsent(
                name, it -> new Report.OfSegmentation[partitions]);
        reports[ofSegmentation.partition()] = ofSegmentation;
        show(name, reports);
      }
    }
  }

  /** Whether a complete report stays while the same is counted anew. */
  private static boolean outlasts(Report before, Report report) {
    boolean isSame =
        !(before instanceof Report.OfTrait one)
            || (report instanceof Report.OfTrait other && one.bins() == other.bins());
    return before.isComplete() && !report.isComplete() && isSame;
  }

  private TraitReports reports(String trait, Bins bins) {
    TraitReports reports = reportsOfTraits.get(trait);
    if (reports == null || reports.bins != bins) {
      reports = new TraitReports(bins, partitions);
      reportsOfTraits.put(trait, reports);
    }
    return reports;
  }

  private void forget(String key, Report before) {
    byKey.remove(key);
    switch (before) {
      case Report.OfTrait ofTrait -> {
        TraitReports reports = Objects.requireNonNull(reportsOfTraits.get(ofTrait.trait()));
        if (ofTrait.equals(reports.byPartition[ofTrait.partition()])) {
          reports.put(ofTrait.partition(), null);
          show(ofTrait.trait(), reports);
        }
      }
      case Report.OfSegmentation ofSegmentation -> {
        String name = ofSegmentation.segmentation();
        Report.@Nullable OfSegmentation[] reports =
            Objects.requireNonNull(reportsOfSegmentations.get(name));
        reports[ofSegmentation.partition()] = null;
        show(name, reports);
      }
    }
  }

  private void show(String trait, TraitReports reports) {
    int complete = complete(reports.byPartition);
    distributions.put(
        trait, Distribution.of(reports.bins, reports.counts, complete, complete == partitions));
  }

  private void show(String segmentation, Report.@Nullable OfSegmentation[] reports) {
    Map<String, Long> members = new HashMap<>();
    long former = 0;
    for (Report.OfSegmentation report : reports) {
      if (report != null) {
        for (SegmentCount count : report.segments()) {
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

  private static int complete(@Nullable Report[] reports) {
    int complete = 0;
    for (Report report : reports) {
      if (report != null && report.isComplete()) {
        complete++;
      }
    }
    return complete;
  }
}
