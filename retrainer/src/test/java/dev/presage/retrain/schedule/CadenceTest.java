package dev.presage.retrain.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CadenceTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Cadence WEEKLY = new Cadence(DAY, DAY.multipliedBy(60), DAY.multipliedBy(8));

  @Test
  void shouldBeShorterAfterAGainAndLongerAfterLittle() {
    assertThat(WEEKLY.after(Gain.CLEAR).current()).isEqualTo(DAY.multipliedBy(4));
    assertThat(WEEKLY.after(Gain.LITTLE).current()).isEqualTo(DAY.multipliedBy(16));
    assertThat(WEEKLY.after(Gain.UNKNOWN)).isEqualTo(WEEKLY);
  }

  @Property
  void shouldStayWithinItsBounds(@ForAll Gain[] gains) {
    Cadence cadence = WEEKLY;
    for (Gain gain : gains) {
      cadence = cadence.after(gain);
      assertThat(cadence.current()).isBetween(WEEKLY.least(), WEEKLY.most());
    }
  }

  @Test
  void shouldRefuseBoundsThatItIsNotWithin() {
    assertThatThrownBy(() -> new Cadence(DAY, DAY.multipliedBy(2), DAY.multipliedBy(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT72H between PT24H and PT48H");
    assertThatThrownBy(() -> new Cadence(Duration.ZERO, DAY, DAY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
