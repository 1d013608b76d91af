package dev.presage.retrain.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.evaluation.Evaluation;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final boolean[] OUTCOMES = {false, true, false, true};
  private static final Evaluation GOOD = Evaluation.of(new double[] {0.1, 0.9, 0.2, 0.8}, OUTCOMES);
  private static final Evaluation POOR = Evaluation.of(new double[] {0.1, 0.9, 0.8, 0.2}, OUTCOMES);

  @Test
  void shouldPassAModelThatRanksBetterThanTheBaseline() {
    GateDecision decision = Gate.decide(GOOD, POOR, "orders_90d");

    assertThat(decision.passed()).isTrue();
    assertThat(decision.reason())
        .isEqualTo(
            "AUC 1.0000 on 4 held-out rows is better than 0.7500 of the baseline orders_90d");
  }

  @Test
  void shouldHoldAModelThatRanksNoBetter() {
    assertThat(Gate.decide(POOR, GOOD, "orders_90d").passed()).isFalse();
    assertThat(Gate.decide(GOOD, GOOD, "orders_90d").passed()).isFalse();
    assertThat(Gate.decide(POOR, GOOD, "orders_90d").reason()).contains("not better than 1.0000");
  }
}
