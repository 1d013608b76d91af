package dev.presage.model.btyd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BgNbdTest {
  /** In hundredths: 1e-9. */
  private static final Percentage BILLIONTH = Percentage.withPercentage(1e-7);

  /** Fader, Hardie and Lee's for CDNOW, in weeks. */
  private static final BgNbd CDNOW = new BgNbd(0.243, 4.414, 0.793, 2.426);

  @Test
  void shouldAgreeWithArithmeticOfFortyDigits() throws IOException {
    for (String line : Files.readAllLines(Path.of("src/test/resources/btyd/bg-nbd.csv"))) {
      double[] v = Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      BgNbd model = new BgNbd(v[0], v[1], v[2], v[3]);

      assertThat(model.alive(v[4], v[5], v[6])).as(line).isCloseTo(v[8], BILLIONTH);
      assertThat(model.transactions(v[4], v[5], v[6], v[7])).as(line).isCloseTo(v[9], BILLIONTH);
    }
  }

  @Test
  void shouldExpectWhatThePaperDoesOfItsExample() {
    assertThat(CDNOW.transactions(2, 30.43, 38.86, 39)).isCloseTo(1.226, within(0.0005));
  }

  @Test
  void shouldBeSteadyWhereTheFormulaOfThePaperIsNot() {
    double at = new BgNbd(0.5, 5, 1, 2).transactions(3, 20, 30, 40);

    for (double step : new double[] {1e-3, 1e-6, 1e-9, 1e-12, 1e-15}) {
      double above = new BgNbd(0.5, 5, 1 + step, 2).transactions(3, 20, 30, 40);
      double below = new BgNbd(0.5, 5, 1 - step, 2).transactions(3, 20, 30, 40);
      assertThat((above + below) / 2).isCloseTo(at, within(10 * step * step + 1e-13));
    }
    assertThat(new BgNbd(0.5, 5, 0.4, 0.6).transactions(0, 0, 30, 40)).isPositive().isFinite();
  }

  @Test
  void shouldExpectMoreOfALongerHorizonAndLessOfALongerSilence() {
    double last = 0;
    for (double horizon = 0.01; horizon < 4000; horizon *= 1.5) {
      double expected = CDNOW.transactions(3, 20, 30, horizon);
      assertThat(expected).isGreaterThan(last);
      last = expected;
    }
    for (double age = 20; age < 1e6; age *= 2) {
      double expected = CDNOW.transactions(3, 20, age, 39);
      assertThat(expected).isLessThan(last);
      last = expected;
    }
  }

  @Test
  void shouldStandWhateverACustomerDid() {
    for (double x : new double[] {0, 1, 100, 1e6, 1e15, 1e300}) {
      for (double age : new double[] {0, 1e-300, 1, 1e6, 1e300}) {
        assertThat(CDNOW.alive(x, age / 2, age)).isBetween(0.0, 1.0);
        assertThat(CDNOW.transactions(x, age / 2, age, 39)).isGreaterThanOrEqualTo(0);
      }
    }
  }
}
