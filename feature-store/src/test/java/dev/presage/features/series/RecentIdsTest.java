package dev.presage.features.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Point 4 of the semantics, duplicates: which event IDs are remembered, and for how long. */
class RecentIdsTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final RecentIds ids = new RecentIds();

  @Test
  void shouldRememberAnIdForThePeriod() {
    ids.add(7, NOW, NOW, 1, 0, HOUR);

    assertThat(ids.contains(7, NOW + HOUR, HOUR)).isTrue();
    assertThat(ids.contains(8, NOW, HOUR)).isFalse();
    assertThat(ids.contains(7, NOW + HOUR + 1, HOUR)).isFalse();
  }

  @Test
  void shouldForgetWhatIsOlderThanThePeriod() {
    for (int i = 0; i < 10_000; i++) {
      ids.add(i, NOW + i * 60_000L, NOW, 1, 0, HOUR);
    }

    assertThat(ids.size()).isEqualTo(61);
    assertThat(ids.isCapped()).isFalse();
  }

  @Test
  void shouldRememberTheNewestOnlyWhereThereAreTooMany() {
    for (int i = 0; i < 10_000; i++) {
      ids.add(i, NOW, NOW, 1, 0, HOUR);
    }

    assertThat(ids.size()).isEqualTo(RecentIds.MAX);
    assertThat(ids.contains(9_999, NOW, HOUR)).isTrue();
    assertThat(ids.contains(10_000 - RecentIds.MAX, NOW, HOUR)).isTrue();
    assertThat(ids.contains(10_000 - RecentIds.MAX - 1, NOW, HOUR)).isFalse();
    assertThat(ids.isCapped()).isTrue();
  }

  @Test
  void shouldContainWhatANaiveListHas() {
    Random random = new Random(9);
    List<long[]> naive = new ArrayList<>();
    long now = NOW;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(i / 5_000 * 20_000 + 1);
      long asked = (random.nextInt(3_000) * 0x9E3779B97F4A7C15L) >>> 24;
      long oldest = now - HOUR;
      naive.removeIf(id -> id[1] < oldest);

      boolean known = naive.stream().anyMatch(id -> id[0] == asked);

      assertThat(ids.contains(asked, now, HOUR)).isEqualTo(known);
      if (!known && naive.size() < RecentIds.MAX) {
        ids.add(asked, now, now, 1, 0, HOUR);
        naive.add(new long[] {asked, now});
      }
    }
  }

  @Test
  void shouldHashDifferentIdsDifferently() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 1_000_000; i++) {
      hashes.add(RecentIds.hash("order-" + i));
    }

    assertThat(hashes).hasSize(1_000_000);
    assertThat(hashes.stream().map(RecentIds::shortened).distinct()).hasSizeGreaterThan(999_998);
  }

  @Test
  void shouldHashForEverTheSame() {
    assertThat(RecentIds.hash("order-1")).isEqualTo(5267876955464718757L);
  }

  @Test
  void shouldBeTheSameUnionWhicheverComesFirst() {
    Random random = new Random(3);
    RecentIds other = new RecentIds();
    for (int i = 0; i < 400; i++) {
      (random.nextBoolean() ? ids : other)
          .add(random.nextInt(300), NOW + i * 10_000L, NOW + i, 1, 0, HOUR);
    }

    RecentIds union = RecentIds.union(ids, other, NOW + HOUR, HOUR);
    RecentIds turned = RecentIds.union(other, ids, NOW + HOUR, HOUR);

    assertThat(described(union)).isEqualTo(described(turned)).doesNotHaveDuplicates();
  }

  private static List<String> described(RecentIds ids) {
    return IntStream.range(0, ids.size())
        .mapToObj(i -> ids.hash(i) + " " + ids.arrival(i) + " " + ids.time(i))
        .toList();
  }
}
