package dev.presage.features.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayTest {
  @Test
  void shouldBeAPowerOfAHalf() {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      long halfLife = 1 + random.nextLong(10_000_000_000L);
      long millis = random.nextLong(1 + 60 * halfLife);

      assertThat(Decay.factor(millis, halfLife))
          .isCloseTo(Math.pow(2, -(double) millis / halfLife), withinPercentage(1e-12));
    }
  }

  @Test
  void shouldBeOneAtOnceAndZeroInTheEnd() {
    assertThat(Decay.factor(0, 1)).isEqualTo(1);
    assertThat(Decay.factor(1, 1)).isEqualTo(0.5);
    assertThat(Decay.factor(Long.MAX_VALUE, 1)).isZero();
  }
}
