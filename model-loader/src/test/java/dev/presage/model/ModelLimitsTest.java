package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelLimitsTest {
  @Test
  void shouldAllow64MebibytesByDefault() {
    assertThat(ModelLimits.DEFAULTS.payloadBytes()).isEqualTo(67_108_864);
  }

  @Test
  void shouldRefuseLimitsThatLetNothingPass() {
    assertThatThrownBy(() -> new ModelLimits(1, 1, 1, 0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trees must be at least 1, but is 0");
  }
}
