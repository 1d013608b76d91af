package dev.presage.retrain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final long AS_OF = 1_000;
  private static final long HORIZON = 100;

  @Test
  void shouldTellWhatAProfileHadToDoWithTheTarget() {
    assertThat(of(Long.MIN_VALUE, Long.MIN_VALUE)).isEqualTo(Population.NEVER);
    assertThat(of(900, 1_000)).isEqualTo(Population.NEW);
    assertThat(of(899, 1_000)).isEqualTo(Population.HAS_DONE_IT);
    assertThat(of(100, 800)).isEqualTo(Population.HAS_DONE_IT);
    assertThat(of(100, 799)).isEqualTo(Population.LAPSED);
    assertThat(of(799, 799)).isEqualTo(Population.LAPSED);
    assertThat(of(850, 850)).isEqualTo(Population.HAS_DONE_IT);
  }

  private static Population of(long first, long last) {
    return Population.of(first, last, AS_OF, HORIZON);
  }
}
