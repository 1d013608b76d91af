package dev.presage.scoring.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.presage.scoring.population.Population;
import dev.presage.scoring.population.SegmentSizes;
import dev.presage.scoring.profile.MemberPage;
import dev.presage.scoring.rules.Segmentation;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Segments and members as they are answered. */
final class SegmentViews {
  private SegmentViews() {}

  static SegmentsView of(Segmentation segmentation, Population population) {
    SegmentSizes sizes = population.sizes(segmentation.name());
    List<SegmentSizeView> segments = new ArrayList<>();
    long all = sizes.former();
    for (String segment : segmentation.segmentNames()) {
      segments.add(new SegmentSizeView(segment, sizes.of(segment)));
      all += sizes.of(segment);
    }
    return new SegmentsView(
        segmentation.name(),
        sizes.isComplete(),
        sizes.partitions(),
        population.partitions(),
        all,
        segments,
        sizes.former());
  }

  /**
   * A segmentation over all instances.
   *
   * @param segmentation its name
   * @param complete whether every partition has been counted completely
   * @param countedPartitions how many have
   * @param partitions how many there are
   * @param profiles how many are in a segment of it, as far as they are counted
   * @param segments in the order of the definition
   * @param former how many are in segments that the definition does not have any more
   */
  @Serdeable
  record SegmentsView(
      String segmentation,
      boolean complete,
      int countedPartitions,
      int partitions,
      long profiles,
      List<SegmentSizeView> segments,
      long former) {}

  /** How many profiles are in a segment. */
  @Serdeable
  record SegmentSizeView(String segment, long profiles) {}

  /**
   * A page of members.
   *
   * @param segmentation name of the segmentation
   * @param segment name of the segment
   * @param members by partition and then by ID
   * @param next what to ask with for the next page; null after the last one. A page may be short,
   *     or empty, although others follow
   * @param coveredPartitions the partitions of this instance, whose members these are
   * @param partitions how many partitions there are; the others are on other instances
   */
  @Serdeable
  record MembersView(
      String segmentation,
      String segment,
      @JsonInclude(JsonInclude.Include.ALWAYS) List<MemberView> members,
      @Nullable String next,
      List<Integer> coveredPartitions,
      int partitions) {

    static MembersView of(
        String segmentation,
        String segment,
        MemberPage page,
        Collection<Integer> covered,
        int partitions) {
      MemberPage.Place next = page.next();
      return new MembersView(
          segmentation,
          segment,
          page.members().stream()
              .map(it -> new MemberView(it.profileId(), Instant.ofEpochMilli(it.sinceMillis())))
              .toList(),
          next == null ? null : MemberCursor.write(next),
          List.copyOf(covered),
          partitions);
    }
  }

  /**
   * A profile in a segment.
   *
   * @param id its canonical ID
   * @param since event time at which it entered
   */
  @Serdeable
  record MemberView(String id, Instant since) {}
}
