package dev.presage.model.btyd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GammaGammaTest {
  private static final GammaGamma CDNOW = new GammaGamma(6.25, 3.74, 15.44);

  @Test
  void shouldExpectTheMeanOfAllOfACustomerWhoDidNotComeBack() {
    assertThat(CDNOW.mean(0, Double.NaN)).isCloseTo(15.44 * 6.25 / 2.74, within(1e-12));
  }

  @Test
  void shouldDrawACustomersMeanTowardsThatOfAll() {
    double all = CDNOW.mean(0, 0);

    assertThat(CDNOW.mean(2, 22.35)).isCloseTo(24.66, within(0.02));
    assertThat(CDNOW.mean(1, 10)).isBetween(10.0, all);
    assertThat(CDNOW.mean(1, 100)).isBetween(all, 100.0);
    assertThat(CDNOW.mean(1000, 100)).isCloseTo(100, within(0.1));
  }
}
