package dev.presage.scoring.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplicaLagsTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final AtomicLong measured = new AtomicLong();

  @Test
  void shouldMeasureOnceASecond() {
    ReplicaLags lags = new ReplicaLags(() -> Map.of(0, measured.incrementAndGet()), nanos::get);

    assertThat(lags.current()).isEqualTo(Map.of(0, 1L));
    nanos.addAndGet(1_000_000_000);
    assertThat(lags.current()).isEqualTo(Map.of(0, 1L));
    nanos.addAndGet(1);
    assertThat(lags.current()).isEqualTo(Map.of(0, 2L));
  }
}
