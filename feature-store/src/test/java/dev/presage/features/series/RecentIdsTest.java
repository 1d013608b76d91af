package dev.presage.features.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final RecentIds ids = new RecentIds();

  @Test
  void shouldRememberAnIdForThePeriod() {
    ids.add(7, NOW, HOUR);

    assertThat(ids.contains(7, NOW + HOUR, HOUR)).isTrue();
    assertThat(ids.contains(8, NOW, HOUR)).isFalse();
    assertThat(ids.contains(7, NOW + HOUR + 60_000, HOUR)).isFalse();
  }

  @Test
  void shouldForgetWhatIsOlderThanThePeriod() {
    for (int i = 0; i < 10_000; i++) {
      ids.add(i, NOW + i * 60_000L, HOUR);
    }

    assertThat(ids.size()).isEqualTo(61);
    assertThat(ids.isCapped()).isFalse();
  }

  @Test
  void shouldRememberTheNewestOnlyWhereThereAreTooMany() {
    for (int i = 0; i < 10_000; i++) {
      ids.add(i, NOW, HOUR);
    }

    assertThat(ids.size()).isEqualTo(RecentIds.MAX);
    assertThat(ids.contains(9_999, NOW, HOUR)).isTrue();
    assertThat(ids.contains(10_000 - RecentIds.MAX, NOW, HOUR)).isTrue();
    assertThat(ids.contains(10_000 - RecentIds.MAX - 1, NOW, HOUR)).isFalse();
    assertThat(ids.isCapped()).isTrue();
  }

  @Test
  void shouldHashDifferentIdsDifferently() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 1_000_000; i++) {
      hashes.add(RecentIds.hash("order-" + i));
    }

    assertThat(hashes).hasSize(1_000_000);
  }

  @Test
  void shouldHashForEverTheSame() {
    assertThat(RecentIds.hash("order-1")).isEqualTo(5267876955464718757L);
  }
}
