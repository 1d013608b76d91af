package dev.presage.scoring.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.FeatureEngine;
import dev.presage.features.state.ProfileExtract;
import dev.presage.features.state.StoredProfiles;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.profile.MemberPage.Member;
import dev.presage.scoring.profile.MemberPage.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemberPageTest {
  private static final int TIER = 1;
  private static final int GOLD = 2;
  private static final int REST = 3;

  private final FeatureEngine engine = new FeatureEngine(TestFeatures.declarations());
  private final StoredProfile codec = new StoredProfile(engine);
  private final SortedMap<Integer, StoredProfiles<Profile>> partitions = new TreeMap<>();

  @Test
  void shouldPageOverAllMembersOfAllPartitionsOnce() {
    List<String> expected = new ArrayList<>();
    for (int partition : List.of(1, 4)) {
      Stored stored = new Stored();
      partitions.put(partition, stored);
      for (int i = 0; i < 700; i++) {
        String id = "%d-%03d".formatted(partition, i);
        stored.put(id, i % 3 == 0 ? GOLD : REST, i);
        if (i % 3 == 0) {
          expected.add(id);
        }
      }
    }
    for (int most : List.of(1, 7, 1000)) {
      List<String> met = new ArrayList<>();
      Place from = null;
      do {
        MemberPage page = MemberPage.read(partitions, TIER, GOLD, from, most);
        assertThat(page.members()).hasSizeLessThanOrEqualTo(most);
        page.members().stream().map(Member::profileId).forEach(met::add);
        from = page.next();
      } while (from != null);
      assertThat(met).isEqualTo(expected);
    }
  }

  @Test
  void shouldLookAtABoundedNumberOfProfilesForAPage() {
    Stored stored = new Stored();
    partitions.put(0, stored);
    for (int i = 0; i <= MemberPage.MOST_SEEN; i++) {
      stored.put("%06d".formatted(i), REST, i);
    }
    stored.put("zzz", GOLD, 5);

    MemberPage page = MemberPage.read(partitions, TIER, GOLD, null, 10);
    assertThat(page.members()).isEmpty();
    assertThat(page.next()).isNotNull();

    MemberPage next = MemberPage.read(partitions, TIER, GOLD, page.next(), 10);
    assertThat(next.members()).containsExactly(new Member("zzz", 5));
    assertThat(next.next()).isNull();
  }

  @Test
  void shouldNotGoOnWithAPartitionThatIsNotThere() {
    partitions.put(0, new Stored());
    assertThatThrownBy(() -> MemberPage.read(partitions, TIER, GOLD, new Place(3, "a"), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Partition 3 is not on this instance any more; begin anew");
  }

  /** The bytes of profiles in memory. */
  private final class Stored implements StoredProfiles<Profile> {
    private final TreeMap<byte[], byte[]> bodies = new TreeMap<>(Arrays::compareUnsigned);

    void put(String id, int segmentId, long since) {
      Profile profile = new Profile(engine.newState());
      profile.enter(new PublishedSegment(TIER, segmentId, since));
      bodies.put(id.getBytes(StandardCharsets.UTF_8), codec.encodeBody(profile));
    }

    @Override
    public @Nullable Profile read(byte[] key) {
      byte[] body = bodies.get(key);
      return body == null ? null : codec.decode(body, null);
    }

    @Override
    public <E> @Nullable E read(byte[] key, ProfileExtract<Profile, E> extract) {
      byte[] body = bodies.get(key);
      return body == null ? null : extract.read(body, null);
    }

    @Override
    public List<byte[]> writtenKeysAfter(byte @Nullable [] after, int most) {
      return (after == null ? bodies : bodies.tailMap(after, false))
          .keySet().stream().limit(most).toList();
    }
  }
}
