package dev.presage.features.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Point 2 of the semantics, windows: how wide tiles may be, so that the error is bounded. */
class TileGridTest {
  private static final long DAY = 86_400_000;

  @Test
  void shouldCutEveryWindowIntoAtLeastFiftyTiles() {
    TileGrid grid = TileGrid.of(List.of(7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY), 730 * DAY);

    assertThat(grid.levels()).isEqualTo(5);
    assertThat(grid.width(0)).isEqualTo(7 * DAY / 50);
    assertThat(grid.width(1)).isBetween(30 * DAY / 75, 30 * DAY / 50);
    assertThat(grid.width(4)).isBetween(730 * DAY / 75, 730 * DAY / 50);
  }

  @Test
  void shouldNestItsBlocksWhateverTheWindowsAre() {
    Random random = new Random(11);
    for (int i = 0; i < 1_000; i++) {
      TreeSet<Long> windows = new TreeSet<>();
      for (int j = random.nextInt(6); j >= 0; j--) {
        windows.add(60_000L * (1 + random.nextInt(500_000)));
      }
      TileGrid grid = TileGrid.of(windows, 60_000L * (1 + random.nextInt(1_000_000)));

      for (int level = 1; level < grid.levels(); level++) {
        assertThat(grid.width(level)).isGreaterThan(grid.width(level - 1));
        assertThat(grid.width(level) % grid.width(level - 1)).isZero();
      }
    }
  }

  @Test
  void shouldHaveAPointBetweenWindowsThatAreFarApart() {
    long[] anchors = TileGrid.of(List.of(DAY), 730 * DAY).anchors();

    assertThat(anchors).containsExactly(DAY, 8 * DAY, 64 * DAY, 512 * DAY, 730 * DAY);
  }

  @Test
  void shouldMakeATileOfABlockOnceTheNextShorterWindowHasLeftIt() {
    TileGrid grid = TileGrid.of(List.of(7 * DAY), 50 * DAY);
    long now = 20_000 * DAY;

    assertThat(grid.frontier(1, now))
        .isEqualTo(grid.start(1, now - 7 * DAY))
        .isLessThanOrEqualTo(now - 7 * DAY);
  }

  /** Half a tile, at the widest that a declared window can touch. */
  @Test
  void shouldStayWithinOnePercent() {
    assertThat(1.0 / TileGrid.TILES_IN_WINDOW / 2).isLessThanOrEqualTo(0.01);
  }
}
