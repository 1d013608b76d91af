package dev.presage.features.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortedTimesTest {
  @Test
  void shouldCountWhatANaiveLoopCountsWhateverTheGuess() {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      long[] times = random.longs(random.nextInt(30), 0, 40).sorted().toArray();
      int from = random.nextInt(times.length + 1);
      int size = random.nextInt(times.length - from + 1);
      long time = random.nextInt(44) - 2L;
      int guess = random.nextInt(32);

      int naive = (int) Arrays.stream(times, from, from + size).filter(it -> it <= time).count();

      assertThat(SortedTimes.countUntil(times, from, size, time)).isEqualTo(naive);
      assertThat(SortedTimes.countUntil(times, from, size, time, guess)).isEqualTo(naive);
    }
  }
}
