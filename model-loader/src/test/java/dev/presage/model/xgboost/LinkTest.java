package dev.presage.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class LinkTest {
  @Property(tries = 1000)
  void shouldOfferBothFloatsThatEncloseTheLogarithm(
      @ForAll @FloatRange(min = 0.01f, max = 1e6f) float baseScore) {
    float[] margins = Link.LOG.baseMargins(baseScore);
    double log = StrictMath.log(baseScore);

    assertThat(margins[0]).isEqualTo((float) log);
    if (margins.length == 2) {
      assertThat(log)
          .isBetween(
              (double) Math.min(margins[0], margins[1]), (double) Math.max(margins[0], margins[1]));
      assertThat(Math.abs(margins[0] - margins[1])).isLessThanOrEqualTo(Math.ulp(margins[0]));
    }
  }

  @Test
  void shouldHaveOneBaseMarginWhereItIsExact() {
    assertThat(Link.LOGISTIC.baseMargins(0.5f)).containsExactly(-0f);
    assertThat(Link.LOG.baseMargins(1)).containsExactly(0f);
    assertThat(Link.IDENTITY.baseMargins(0.3f)).containsExactly(0.3f);
  }

  @Test
  void shouldKeepProbabilitiesBetween0And1() {
    assertThat(Link.LOGISTIC.predict(0)).isEqualTo(0.5f);
    assertThat(Link.LOGISTIC.predict(1000)).isEqualTo(1);
    assertThat(Link.LOGISTIC.predict(-1000)).isPositive().isLessThan(1e-38f);
  }

  @Test
  void shouldKnowWhichBaseScoresThereCanBe() {
    assertThat(Link.LOGISTIC.holds(0)).isFalse();
    assertThat(Link.LOGISTIC.holds(1)).isFalse();
    assertThat(Link.LOGISTIC.holds(0.99f)).isTrue();
    assertThat(Link.LOG.holds(0)).isFalse();
    assertThat(Link.LOG.holds(Float.POSITIVE_INFINITY)).isFalse();
    assertThat(Link.IDENTITY.holds(-3)).isTrue();
    assertThat(Link.IDENTITY.holds(Float.NEGATIVE_INFINITY)).isFalse();
  }
}
