package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static final int PROFILES = 1_000;

  /** Rows of one profile have one label: a model that knows it again would look good. */
  @Test
  void shouldKeepAllRowsOfAProfileInOnePart() {
    RowsOf made = new RowsOf(1);
    for (int row = 0; row < 5 * PROFILES; row++) {
      made.of("profile-" + row % PROFILES, row, row % 2 == 0, row);
    }
    Rows rows = made.rows();

    Parts parts = Parts.ofProfiles(rows);

    assertThat(profiles(parts.fit())).doesNotContainAnyElementsOf(profiles(parts.later()));
    assertThat(profiles(parts.train())).doesNotContainAnyElementsOf(profiles(parts.evaluation()));
    assertThat(profiles(parts.train()))
        .containsAll(profiles(parts.fit()))
        .containsAll(profiles(parts.later()));
    assertThat(parts.train().size() + parts.evaluation().size()).isEqualTo(rows.size());
    assertThat(profiles(parts.evaluation()).size()).isBetween(150, 250);
    assertThat(profiles(parts.later()).size()).isBetween(110, 210);
    assertThat(parts.choosing()).isEqualTo(parts.later().size());
    assertThat(parts.calibration().size()).isZero();
  }

  private static Set<Long> profiles(Rows rows) {
    return IntStream.range(0, rows.size()).mapToObj(rows::profile).collect(Collectors.toSet());
  }
}
