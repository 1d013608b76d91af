package dev.presage.retrain.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryStartTest {

  @Test
  void shouldBeTheOldestRowOfAHistoryWithoutStrays() {
    assertThat(HistoryStart.of(LongStream.range(1_000, 2_000).toArray())).isEqualTo(1_000);
    assertThat(HistoryStart.of(new long[] {7})).isEqualTo(7);
  }

  @Test
  void shouldPassOverAFewRowsThatLieFarBeforeAllOthers() {
    long[] asOf =
        LongStream.concat(LongStream.of(0, 5), LongStream.range(10_000, 10_998)).toArray();

    assertThat(HistoryStart.of(asOf)).isEqualTo(10_000);
  }

  @Test
  void shouldNotPassOverMoreThanOneRowInAHundred() {
    long[] asOf =
        LongStream.concat(LongStream.of(0, 5), LongStream.range(10_000, 10_100)).toArray();

    assertThat(HistoryStart.of(asOf)).isEqualTo(0);
  }

  @Test
  void shouldNotTakeAQuietBeginningForStrays() {
    long[] asOf = LongStream.concat(LongStream.of(0, 5), LongStream.range(500, 1_500)).toArray();

    assertThat(HistoryStart.of(asOf)).isEqualTo(0);
  }
}
