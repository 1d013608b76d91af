package dev.presage.retrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void shouldMarkRoundNumbers() {
    assertThat(labels(0, 1)).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(labels(0, 3.7)).containsExactly("0", "1", "2", "3");
    assertThat(labels(0, 0.042)).containsExactly("0.00", "0.01", "0.02", "0.03", "0.04");
    assertThat(labels(0, 130)).containsExactly("0", "50", "100");
  }

  @Test
  void shouldPlaceNumbersEvenlyAndKeepThoseBeyondAtTheEnds() {
    Axis axis = new Axis(0, 2, 264, 12);

    assertThat(axis.at(0)).isEqualTo(264);
    assertThat(axis.at(1)).isEqualTo(138);
    assertThat(axis.at(5)).isEqualTo(12);
    assertThat(axis.ticks().getFirst().at()).isEqualTo("264.0");
  }

  @Test
  void shouldRefuseAnAxisWithoutLength() {
    assertThatThrownBy(() -> new Axis(1, 1, 0, 10)).hasMessageContaining("from 1.0 to 1.0");
  }

  @Property
  void shouldMarkTwoToSixNumbersWhateverTheRange(
      @ForAll @Scale(6) @DoubleRange(min = 1e-4, max = 1e6) double until) {
    List<String> labels = labels(0, until);

    assertThat(labels).hasSizeBetween(2, 6).doesNotHaveDuplicates();
    assertThat(Double.parseDouble(labels.getLast()))
        .isLessThanOrEqualTo(until * (1 + 1e-6))
        .isCloseTo(until, within(until * 0.6));
  }

  private static List<String> labels(double from, double until) {
    return new Axis(from, until, 0, 100).ticks().stream().map(Chart.Tick::label).toList();
  }
}
