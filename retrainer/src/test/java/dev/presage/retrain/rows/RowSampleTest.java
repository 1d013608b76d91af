package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowSampleTest {

  @Property
  void shouldKeepTheSmallestKeysInWhateverOrderTheyCome(
      @ForAll @Size(max = 200) List<Long> keys,
      @ForAll @IntRange(min = 1, max = 50) int capacity,
      @ForAll Random random) {
    List<Long> shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, random);
    RowSample sample = new RowSample(capacity);
    for (long key : shuffled) {
      sample.offer(key, 0, new double[0], new Life("any"));
    }

    assertThat(sample.offered()).isEqualTo(keys.size());
    assertThat(sample.rows().stream().map(it -> it.key))
        .containsExactlyElementsOf(keys.stream().sorted().limit(capacity).toList());
  }

  @Test
  void shouldSpreadTheKeysOfOneProfile() {
    long profile = RowKey.ofProfile("customer-1");
    long negative = 0;
    for (int number = 0; number < 10_000; number++) {
      if (RowKey.of(profile, number) < 0) {
        negative++;
      }
    }

    assertThat(negative).isBetween(4_800L, 5_200L);
  }
}
