package dev.presage.features.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TileLadderTest {
  private static final long MINUTE = 60_000;

  @Test
  void shouldFindTheSmallestBlockOfTwoTimes() {
    assertThat(TileLadder.level(5, 5)).isZero();
    assertThat(TileLadder.level(4, 5)).isEqualTo(1);
    assertThat(TileLadder.level(3, 4)).isEqualTo(3);
    assertThat(TileLadder.level(0, 1 << 20)).isEqualTo(21);
  }

  @Test
  void shouldMakeTheFinestBlocksAsWideAsTheShortestWindowAllows() {
    assertThat(1L << TileLadder.finestLevel(7 * 24 * 60 * MINUTE))
        .isBetween(7 * 24 * 60 * MINUTE / 102, 7 * 24 * 60 * MINUTE / 51);
    assertThat(TileLadder.finestLevel(MINUTE)).isEqualTo(10);
  }

  @Test
  void shouldAllowABlockFromTheAgeOnAtWhichNoWindowNeedsItFiner() {
    long first = 1L << 30;
    long last = first + 1023;
    long end = first + 1024;

    assertThat(TileLadder.mayBeOne(first, last, 0, end + 51 * 1024 - 1)).isFalse();
    assertThat(TileLadder.mayBeOne(first, last, 0, end + 51 * 1024)).isTrue();
    assertThat(TileLadder.mayBeOne(first, last, 10, end)).isTrue();
    assertThat(TileLadder.mayBeOne(first, last, 9, end)).isFalse();
  }

  @Test
  void shouldRoundDownWithinTheBlock() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      long first = random.nextLong(4_000_000_000_000L);
      long last = first + random.nextLong(1L << random.nextInt(1, 40));
      int level = TileLadder.level(first, last);
      long width = 1L << level;

      assertThat(first - TileLadder.rounded(first, level))
          .isBetween(0L, Math.max(0, width / 64 - 1));
      assertThat(
              TileLadder.level(TileLadder.rounded(first, level), TileLadder.rounded(last, level)))
          .isEqualTo(level);
    }
  }

  /**
   * The essay's sum: half the block, and half of what times are rounded by, at 1/51 of the window.
   */
  @Test
  void shouldStayBelowOnePercent() {
    double worst = (1 + 1 / 64.0) / 2 / TileLadder.AGE_IN_WIDTHS;

    assertThat(worst).isLessThan(0.01);
  }
}
