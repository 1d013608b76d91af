package dev.presage.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.local.simulation.TruthComparison.Figures;
import org.junit.jupiter.api.Test;

class TruthComparisonTest {

  @Test
  void shouldDivideTheLossOfScoresByThatOfTheTruth() {
    TruthComparison comparison = new TruthComparison();
    comparison.add(0.5, 0.8, true);
    comparison.add(0.5, 0.2, false);

    Figures figures = comparison.figures();

    assertThat(figures.rows()).isEqualTo(2);
    assertThat(figures.positives()).isEqualTo(1);
    assertThat(figures.logLoss()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(figures.trueLogLoss()).isCloseTo(-Math.log(0.8), within(1e-12));
    assertThat(figures.ratio()).isCloseTo(Math.log(2) / -Math.log(0.8), within(1e-12));
  }

  @Test
  void shouldChargeMuchButNotEverythingForACertaintyThatWasWrong() {
    TruthComparison comparison = new TruthComparison();
    comparison.add(0, 0.5, true);

    assertThat(comparison.figures().logLoss()).isBetween(30.0, 40.0);
  }
}
