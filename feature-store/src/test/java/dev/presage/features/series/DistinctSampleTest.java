package dev.presage.features.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistinctSampleTest {
  private final DistinctSample sample = new DistinctSample();

  @Test
  void shouldBeExactInEveryWindowThatHasFewIdentifiers() {
    Random random = new Random(1);
    Map<Integer, Long> lastSeen = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      int identifier = DistinctSample.hashOf(random.nextInt(1 + i / 20));
      sample.add(identifier, i);
      lastSeen.put(identifier, (long) i);
      if (i % 1_000 == 999) {
        long tail = (long) i - random.nextInt(DistinctSample.EXACT);
        long distinct = lastSeen.values().stream().filter(time -> time > tail).count();
        assertThat(sample.count(tail, i, false)).isEqualTo((double) distinct);
      }
    }
  }

  @Test
  void shouldEstimateManyWithoutBiasAndWithinItsError() {
    double sumOfErrors = 0;
    double sumOfSquares = 0;
    int trials = 300;
    for (int trial = 0; trial < trials; trial++) {
      DistinctSample many = new DistinctSample();
      for (int i = 0; i < 5_000; i++) {
        many.add(DistinctSample.hashOf(trial * 1_000_000L + i), i);
      }
      double error = many.count(999, 5_000, false) / 4_000 - 1;
      sumOfErrors += error;
      sumOfSquares += error * error;
    }

    double standardError = Math.sqrt(sumOfSquares / trials);
    assertThat(standardError).isBetween(0.04, 0.12);
    assertThat(sumOfErrors / trials).isCloseTo(0, within(4 * standardError / Math.sqrt(trials)));
  }

  @Test
  void shouldStaySmallHoweverManyIdentifiersCome() {
    for (int i = 0; i < 300_000; i++) {
      sample.add(DistinctSample.hashOf(i), i);
    }

    // 128 (1 + ln(300,000 / 128)) and what came since it was pruned.
    assertThat(sample.size()).isBetween(900, 1_400);
  }

  @Test
  void shouldBeTheSameUnionWhicheverComesFirst() {
    Random random = new Random(2);
    DistinctSample other = new DistinctSample();
    for (int i = 0; i < 20_000; i++) {
      (random.nextInt(3) == 0 ? sample : other)
          .add(DistinctSample.hashOf(random.nextInt(9_000)), i);
    }
    DistinctSample one = new DistinctSample();
    one.addAll(sample);
    one.addAll(other);
    DistinctSample turned = new DistinctSample();
    turned.addAll(other);
    turned.addAll(sample);

    assertThat(one.size()).isEqualTo(turned.size());
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.hash(i)).isEqualTo(turned.hash(i));
      assertThat(one.time(i)).isEqualTo(turned.time(i));
      assertThat(one.weight(i)).isEqualTo(turned.weight(i));
    }
    assertThat(one.count(-1, 20_000, false)).isCloseTo(8_000, within(2_500.0));
  }
}
