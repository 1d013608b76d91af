package dev.presage.scoring.profile;

import dev.presage.features.state.StoredProfiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Some members of a segment, in the order of their partitions and then of their IDs.
 *
 * @param members at most as many as were asked for, or none although there are more further on: a
 *     page looks at no more than {@link #MOST_SEEN} profiles
 * @param next where the next page begins; null after the last one
 */
public record MemberPage(List<Member> members, @Nullable Place next) {
  /** How many profiles a page looks at. */
  public static final int MOST_SEEN = 20_000;

  private static final int BATCH = 256;

  public MemberPage {
    members = List.copyOf(members);
  }

  /**
   * A profile that is in the segment.
   *
   * @param profileId its canonical ID
   * @param sinceMillis the event time at which it entered
   */
  public record Member(String profileId, long sinceMillis) {}

  /**
   * A place between two profiles.
   *
   * @param partition of the profile log
   * @param after the profile before it; null at the beginning of the partition
   */
  public record Place(int partition, @Nullable String after) {}

  /**
   * Reads a page.
   *
   * @param partitions the profiles that can be read, by partition
   * @param from where to begin; null for the first page
   * @param most how many members to return, 1 or more
   * @throws IllegalArgumentException when the place is on a partition that is not there
   */
  public static MemberPage read(
      SortedMap<Integer, StoredProfiles<Profile>> partitions,
      int segmentationId,
      int segmentId,
      @Nullable Place from,
      int most) {
    if (from != null && !partitions.containsKey(from.partition())) {
      throw new IllegalArgumentException(
          "Partition " + from.partition() + " is not on this instance any more; begin anew");
    }
    SortedMap<Integer, StoredProfiles<Profile>> rest =
        from == null ? partitions : partitions.tailMap(from.partition());
    List<Member> members = new ArrayList<>();
    int seen = 0;
    for (Map.Entry<Integer, StoredProfiles<Profile>> one : rest.entrySet()) {
      int partition = one.getKey();
      StoredProfiles<Profile> profiles = one.getValue();
      String after = from != null && from.partition() == partition ? from.after() : null;
      List<byte[]> keys;
      do {
        keys = profiles.writtenKeysAfter(after == null ? null : utf8(after), BATCH);
        for (byte[] key : keys) {
          if (members.size() == most || seen == MOST_SEEN) {
            return new MemberPage(members, new Place(partition, after));
          }
          after = new String(key, StandardCharsets.UTF_8);
          seen++;
          PublishedSegment segment =
              segment(profiles.read(key, MembershipExtract.INSTANCE), segmentationId);
          if (segment != null && segment.segmentId() == segmentId) {
            members.add(new Member(after, segment.sinceMillis()));
          }
        }
      } while (keys.size() == BATCH);
    }
    return new MemberPage(members, null);
  }

  private static @Nullable PublishedSegment segment(
      @Nullable List<PublishedSegment> segments, int segmentationId) {
    if (segments != null) {
      for (PublishedSegment segment : segments) {
        if (segment.segmentationId() == segmentationId) {
          return segment;
        }
      }
    }
    return null;
  }

  private static byte[] utf8(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }
}
