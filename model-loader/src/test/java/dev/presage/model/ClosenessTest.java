package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosenessTest {
  @Test
  void shouldTellNeighboursOfZeroAcrossTheSign() {
    assertThat(neighbours(-0f, 0f)).isTrue();
    assertThat(neighbours(0f, Float.MIN_VALUE)).isTrue();
    assertThat(neighbours(-Float.MIN_VALUE, Float.MIN_VALUE)).isFalse();
    assertThat(neighbours(Float.MAX_VALUE, Float.POSITIVE_INFINITY)).isTrue();
    assertThat(neighbours(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void shouldTellBitsApart() {
    assertThat(Closeness.SAME_BITS.holds(1, 1)).isTrue();
    assertThat(Closeness.SAME_BITS.holds(1, Math.nextUp(1.0))).isFalse();
    assertThat(Closeness.SAME_BITS.holds(0.0, -0.0)).isFalse();
  }

  @Test
  void shouldAllowAShareOfTheSmallerNumber() {
    assertThat(Closeness.BILLIONTH.holds(1000, 1000 + 9e-7)).isTrue();
    assertThat(Closeness.BILLIONTH.holds(1000, 1000 + 2e-6)).isFalse();
    assertThat(Closeness.BILLIONTH.holds(-1e-7, 1e-7)).isFalse();
    assertThat(Closeness.BILLIONTH.holds(0, 1e-13)).isTrue();
    assertThat(Closeness.MILLIONTH.holds(1000, 1000 + 9e-4)).isTrue();
    assertThat(Closeness.MILLIONTH.holds(1000, 1000 + 2e-3)).isFalse();
  }

  @Test
  void shouldKeepInfinitiesAndNoNumbersApart() {
    for (Closeness closeness : new Closeness[] {Closeness.BILLIONTH, Closeness.MILLIONTH}) {
      double infinity = Double.POSITIVE_INFINITY;
      assertThat(closeness.holds(infinity, infinity)).isTrue();
      assertThat(closeness.holds(infinity, 1e300)).isFalse();
      assertThat(closeness.holds(infinity, -infinity)).isFalse();
      assertThat(closeness.holds(Double.NaN, Double.NaN)).isFalse();
      assertThat(closeness.holds(1, Double.NaN)).isFalse();
    }
    assertThat(Closeness.FLOAT_NEIGHBOUR.holds(Double.NaN, Double.NaN)).isFalse();
  }

  private static boolean neighbours(float a, float b) {
    return Closeness.FLOAT_NEIGHBOUR.holds(a, b);
  }
}
