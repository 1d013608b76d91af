package dev.presage.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatExpTest {
  @Property(tries = 100_000)
  void shouldBeWithinOneUnitInTheLastPlace(@ForAll @FloatRange(min = -110, max = 95) float x) {
    float expected = (float) Math.exp(x);
    if (Float.isInfinite(expected)) {
      assertThat(FloatExp.exp(x)).isInfinite();
    } else {
      assertThat(Math.abs(FloatExp.exp(x) - expected)).isLessThanOrEqualTo(Math.ulp(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x1.47ce58p-7, 0x1.0292e6p0",
    "0x1.aa3254p-5, 0x1.0dabd4p0",
    "0x1.0c9f2cp-2, 0x1.4cc98ap0",
    "0x1.6f1208p0, 0x1.0c7934p2",
    "0x1.d16d42p2, 0x1.67f658p10"
  })
  void shouldBeOffTheTrueValueWhereGlibcIs(String x, String glibc) {
    float argument = Float.parseFloat(x);

    assertThat(FloatExp.exp(argument)).isEqualTo(Float.parseFloat(glibc));
    assertThat(FloatExp.exp(argument)).isNotEqualTo((float) Math.exp(argument));
  }

  @Test
  void shouldKnowTheEnds() {
    assertThat(FloatExp.exp(0)).isEqualTo(1);
    assertThat(FloatExp.exp(-0f)).isEqualTo(1);
    assertThat(FloatExp.exp(Float.NaN)).isNaN();
    assertThat(FloatExp.exp(Float.POSITIVE_INFINITY)).isInfinite();
    assertThat(FloatExp.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(FloatExp.exp(88.72283f)).isFinite();
    assertThat(FloatExp.exp(Math.nextUp(88.72283f))).isInfinite();
    assertThat(FloatExp.exp(-103.9f)).isEqualTo(Float.MIN_VALUE);
    assertThat(FloatExp.exp(-104f)).isZero();
  }
}
