package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryGroupTest {
  private static final List<String> IDS =
      IntStream.range(0, 100_000).mapToObj(i -> "customer-" + i).toList();

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.05, 0.3, 0.9})
  void shouldIncludeItsShareOfIds(double share) {
    double deviation = Math.sqrt(share * (1 - share) / IDS.size());

    assertThat(shareOf(CanaryGroup.of("churn", share))).isCloseTo(share, within(4 * deviation));
  }

  @Test
  void shouldIncludeNobodyAtZeroAndEverybodyAtOne() {
    assertThat(shareOf(CanaryGroup.of("churn", 0))).isZero();
    assertThat(shareOf(CanaryGroup.of("churn", 1))).isEqualTo(1);
  }

  @Test
  void shouldIncludeTheSameIdsForEver() {
    CanaryGroup group = CanaryGroup.of("churn", 0.05);

    assertThat(IDS.stream().filter(group::includes).limit(5))
        .as("computed by another program from the description of the class")
        .containsExactly(
            "customer-12", "customer-20", "customer-23", "customer-83", "customer-162");
    assertThat(CanaryGroup.of("churn", 0.5).includes("Zoë/旅")).isEqualTo(false);
  }

  @Test
  void shouldKeepItsIdsWhenItGrows() {
    CanaryGroup small = CanaryGroup.of("churn", 0.05);
    CanaryGroup large = CanaryGroup.of("churn", 0.2);

    assertThat(IDS.stream().filter(small::includes)).allMatch(large::includes);
  }

  @Test
  void shouldIncludeOtherIdsForAnotherTrait() {
    CanaryGroup one = CanaryGroup.of("churn", 0.1);
    CanaryGroup other = CanaryGroup.of("churm", 0.1);
    long both = IDS.stream().filter(one::includes).filter(other::includes).count();

    assertThat(both / (double) IDS.size()).isCloseTo(0.01, within(0.0015));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void shouldRefuseWhatIsNoShare(double share) {
    assertThatThrownBy(() -> CanaryGroup.of("churn", share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The share must be from 0 to 1, but is " + share);
  }

  @Test
  void shouldAllocateNothing() {
    CanaryGroup group = CanaryGroup.of("churn", 0.5);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int included = count(group);

    long before = threads.getCurrentThreadAllocatedBytes();
    included += count(group);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(included).isPositive();
    assertThat(allocated).isLessThan(IDS.size() / 10);
  }

  private static int count(CanaryGroup group) {
    int included = 0;
    for (int i = 0; i < IDS.size(); i++) {
      if (group.includes(IDS.get(i))) {
        included++;
      }
    }
    return included;
  }

  private static double shareOf(CanaryGroup group) {
    return count(group) / (double) IDS.size();
  }
}
