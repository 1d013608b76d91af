package dev.presage.retrain.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeSplitTest {
  private static final long DAY = 86_400_000;

  @Property
  void shouldNeverJudgeARowByWhatAnEarlierPartHasSeen(
      @ForAll @LongRange(min = 0, max = 1000) long firstDay,
      @ForAll @LongRange(min = 0, max = 1000) long days,
      @ForAll @LongRange(min = 1, max = 100) long horizonDays,
      @ForAll @LongRange(min = 0, max = 1000) long asOfDay) {
    long horizon = horizonDays * DAY;
    TimeSplit split = TimeSplit.of(firstDay * DAY, (firstDay + days) * DAY, horizon);
    long asOf = (firstDay + asOfDay) * DAY;

    if (split.fits(asOf)) {
      assertThat(asOf + horizon).isLessThan(split.stoppingFrom());
    }
    if (split.trains(asOf)) {
      assertThat(asOf + horizon).isLessThan(split.evaluationFrom());
    }
    if (split.evaluates(asOf)) {
      assertThat(asOf + horizon).isLessThanOrEqualTo((firstDay + days) * DAY);
      assertThat(split.trains(asOf)).isFalse();
    }
    if (split.stops(asOf)) {
      assertThat(split.trains(asOf)).isTrue();
      assertThat(split.fits(asOf)).isFalse();
    }
    if (split.calibrates(asOf)) {
      assertThat(split.stops(asOf)).isTrue();
    }
  }

  @Test
  void shouldHoldOutTheLastFifthOfTheLabelledTime() {
    TimeSplit split = TimeSplit.of(0, 230 * DAY, 30 * DAY);

    assertThat(split.evaluationUntil()).isEqualTo(200 * DAY);
    assertThat(split.evaluationFrom()).isEqualTo(160 * DAY);
    assertThat(split.trainUntil()).isEqualTo(130 * DAY - 1);
    assertThat(split.stoppingFrom()).isCloseTo(104 * DAY, within(1L));
    assertThat(split.fitUntil()).isCloseTo(74 * DAY, within(2L));
    assertThat(split.calibrationFrom()).isCloseTo(130 * DAY - 26 * DAY / 3, within(2L));
  }

  @Test
  void shouldSayHowManyDaysAreNeededForAnythingToFitOn() {
    long horizon = 30 * DAY;
    double needed = TimeSplit.daysNeeded(horizon);

    assertThat(needed).isCloseTo(114.4, within(0.1));
    assertThat(TimeSplit.of(0, (long) ((needed + 1) * DAY), horizon).fits(0)).isTrue();
    assertThat(TimeSplit.of(0, (long) ((needed - 1) * DAY), horizon).fits(0)).isFalse();
  }
}
