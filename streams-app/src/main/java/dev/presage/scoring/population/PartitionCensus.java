package dev.presage.scoring.population;

import dev.presage.schemas.avro.BinCount;
import dev.presage.schemas.avro.Census;
import dev.presage.schemas.avro.SegmentCount;
import dev.presage.schemas.avro.SegmentationCensus;
import dev.presage.schemas.avro.TraitCensus;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.rules.Segmentation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the profiles of a partition have published last: of each trait how many have a value in
 * which bin, of each segmentation how many are in which segment. Used by one thread.
 *
 * <p>It is not stored. A scan goes through all profiles in the order of their keys and counts each
 * as it comes past; whatever changes meanwhile is taken over at once for a profile that the scan
 * has passed, and left to the scan for one that it has not. So the census is exact for the keys up
 * to the scan's, at any time, and for all when the scan has come to its end. A trait that is
 * defined later is counted by another scan, while the others go on as they are.
 */
public final class PartitionCensus {
  private final int partition;
  private final Map<Integer, TraitTally> traits = new HashMap<>();
  private final Map<Integer, SegmentTally> segmentations = new HashMap<>();
  private final Set<String> toWithdraw = new HashSet<>();
  private boolean hasSegments;
  private @Nullable ScoringRules rules;
  private byte @Nullable [] last;
  private boolean isDone;
  private long passed;

  /** A census of which nothing is counted yet. */
  public PartitionCensus(int partition) {
    this.partition = partition;
  }

  private static final class TraitTally {
    final String trait;
    final Histogram histogram;
    boolean isComplete;
    boolean isChanged = true;

    TraitTally(String trait, Bins bins) {
      this.trait = trait;
      this.histogram = new Histogram(bins);
    }
  }

  private static final class SegmentTally {
    final Map<Integer, Long> members = new HashMap<>();
    boolean isChanged = true;

    void add(int segmentId, long profiles) {
      long now = members.merge(segmentId, profiles, Long::sum);
      if (now == 0) {
        members.remove(segmentId);
      }
      isChanged = true;
    }
  }

  /** Counts what these rules define: traits whose values have an order, and all segmentations. */
  public void follow(ScoringRules now) {
    ScoringRules before = rules;
    if (before != null && now.contentHash() == before.contentHash()) {
      return;
    }
    if (followTraits(now) || before == null) {
      beginScan();
    }
    Set<Integer> defined = new HashSet<>();
    for (Segmentation segmentation : now.segmentations()) {
      defined.add(segmentation.id());
      tally(segmentation.id()).isChanged = true;
    }
    if (before != null) {
      for (Segmentation segmentation : before.segmentations()) {
        if (!defined.contains(segmentation.id())) {
          toWithdraw.add(CensusKeys.ofSegmentation(segmentation.name(), partition));
        }
      }
    }
    rules = now;
  }

  /** Returns whether one came that is not counted yet. */
  private boolean followTraits(ScoringRules now) {
    Map<Integer, TraitTally> before = new HashMap<>(traits);
    boolean hasNew = false;
    traits.clear();
    for (ActiveTrait trait : now.traits()) {
      Bins bins = Bins.of(trait.definition().getKind());
      if (bins != null) {
        TraitTally known = before.remove(trait.id());
        boolean isKnown = known != null && known.histogram.bins() == bins;
        hasNew |= !isKnown;
        traits.put(
            trait.id(), isKnown && known != null ? known : new TraitTally(trait.name(), bins));
      }
    }
    before.values().forEach(it -> toWithdraw.add(CensusKeys.ofTrait(it.trait, partition)));
    return hasNew;
  }

  private void beginScan() {
    last = null;
    isDone = false;
    passed = 0;
    traits.replaceAll(
        (id, it) -> it.isComplete ? it : new TraitTally(it.trait, it.histogram.bins()));
    if (!hasSegments) {
      segmentations.clear();
    }
  }

  /** Whether the scan has come to its end, or none is needed. */
  public boolean isDone() {
    return isDone;
  }

  /** The key that the scan came past last; null where it has to begin. */
  public byte @Nullable [] last() {
    return last;
  }

  /** How many profiles the scan has come past. */
  public long passed() {
    return passed;
  }

  /** The scan sees a value of the profile that it is coming past. */
  public void countTrait(int traitId, double value) {
    TraitTally tally = traits.get(traitId);
    if (tally != null && !tally.isComplete) {
      tally.histogram.add(value);
      tally.isChanged = true;
    }
  }

  /** The scan sees a segment of the profile that it is coming past. */
  public void countSegment(int segmentationId, int segmentId) {
    if (!hasSegments) {
      tally(segmentationId).add(segmentId, 1);
    }
  }

  /** The scan has come past a profile. */
  public void pass(byte[] key) {
    last = key;
    passed++;
  }

  /** The scan has come to its end. */
  public void finish() {
    isDone = true;
    for (TraitTally tally : traits.values()) {
      tally.isChanged |= !tally.isComplete;
      tally.isComplete = true;
    }
    if (!hasSegments) {
      hasSegments = true;
      segmentations.values().forEach(it -> it.isChanged = true);
    }
  }

  /**
   * The last published value of a trait is another now.
   *
   * @param from NaN where there was none
   * @param to NaN where there is none any more
   */
  public void traitMoved(String profileId, int traitId, double from, double to) {
    TraitTally tally = traits.get(traitId);
    if (tally != null && (tally.isComplete || isPassed(profileId))) {
      tally.histogram.remove(from);
      tally.histogram.add(to);
      tally.isChanged = true;
    }
  }

  /** A profile has entered a segment of a segmentation. */
  public void entered(String profileId, int segmentationId, int segmentId) {
    if (hasSegments || isPassed(profileId)) {
      tally(segmentationId).add(segmentId, 1);
    }
  }

  /** A profile has left a segment of a segmentation. */
  public void left(String profileId, int segmentationId, int segmentId) {
    if (hasSegments || isPassed(profileId)) {
      tally(segmentationId).add(segmentId, -1);
    }
  }

  private boolean isPassed(String profileId) {
    return last != null
        && Arrays.compareUnsigned(profileId.getBytes(StandardCharsets.UTF_8), last) <= 0;
  }

  private SegmentTally tally(int segmentationId) {
    return segmentations.computeIfAbsent(segmentationId, it -> new SegmentTally());
  }

  /**
   * Hands over what changed since the last time, for the topic on which it is shared.
   *
   * @param isKnown whether a complete census is on the topic under a key; one that is still being
   *     filled does not take its place
   * @param topic gets keys and censuses; null where a census does not count any more
   */
  public void share(
      Instant now, Predicate<String> isKnown, BiConsumer<String, @Nullable Census> topic) {
    // First, as what is gone may have come back meanwhile.
    for (String key : toWithdraw) {
      topic.accept(key, null);
    }
    toWithdraw.clear();
    for (TraitTally tally : traits.values()) {
      String key = CensusKeys.ofTrait(tally.trait, partition);
      if (tally.isChanged && (tally.isComplete || !isKnown.test(key))) {
        tally.isChanged = false;
        topic.accept(key, new Census(partition, tally.isComplete, now, census(tally), null));
      }
    }
    ScoringRules defined = rules;
    if (defined != null) {
      for (Segmentation segmentation : defined.segmentations()) {
        SegmentTally tally = tally(segmentation.id());
        String key = CensusKeys.ofSegmentation(segmentation.name(), partition);
        if (tally.isChanged && (hasSegments || !isKnown.test(key))) {
          tally.isChanged = false;
          topic.accept(
              key, new Census(partition, hasSegments, now, null, census(segmentation, tally)));
        }
      }
    }
  }

  private static TraitCensus census(TraitTally tally) {
    List<BinCount> counts = new ArrayList<>();
    for (int bin = 0; bin < tally.histogram.bins().count(); bin++) {
      if (tally.histogram.count(bin) != 0) {
        counts.add(new BinCount(bin, (long) tally.histogram.count(bin)));
      }
    }
    return new TraitCensus(tally.trait, tally.histogram.bins().name(), counts);
  }

  private static SegmentationCensus census(Segmentation segmentation, SegmentTally tally) {
    List<SegmentCount> counts = new ArrayList<>();
    long former = 0;
    for (Map.Entry<Integer, Long> members : tally.members.entrySet()) {
      String name = segmentation.segmentName(members.getKey());
      if (name == null) {
        former += members.getValue();
      } else {
        counts.add(new SegmentCount(name, members.getValue()));
      }
    }
    if (former != 0) {
      counts.add(new SegmentCount(null, former));
    }
    return new SegmentationCensus(segmentation.name(), counts);
  }
}
