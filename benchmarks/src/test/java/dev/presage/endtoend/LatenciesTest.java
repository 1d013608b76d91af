package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void shouldSayWithinWhichTimeAShareWas() {
    for (int i = 10_000; i > 0; i--) {
      latencies.add(i * 1_000_000L);
    }

    assertThat(latencies.count()).isEqualTo(10_000);
    assertThat(latencies.millis(0.5)).isEqualTo(5_000);
    assertThat(latencies.millis(0.99)).isEqualTo(9_900);
    assertThat(latencies.millis(0.999)).isEqualTo(9_990);
    assertThat(latencies.millis(1)).isEqualTo(10_000);
  }

  @Test
  void shouldSayThatNothingCame() {
    assertThatIllegalStateException()
        .isThrownBy(() -> latencies.millis(0.5))
        .withMessage("No trait update came for the events that were sent");
  }
}
