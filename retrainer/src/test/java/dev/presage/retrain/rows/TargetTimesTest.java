package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TargetTimesTest {

  @Test
  void shouldCountTheEndOfTheHorizonButNotItsBeginning() {
    TargetTimes targets = new TargetTimes();
    targets.add(100);

    assertThat(targets.happenedWithin(100, 10)).isFalse();
    assertThat(targets.happenedWithin(99, 10)).isTrue();
    assertThat(targets.happenedWithin(90, 10)).isTrue();
    assertThat(targets.happenedWithin(89, 10)).isFalse();
  }

  @Property
  void shouldAgreeWithASearchThroughAllTimes(
      @ForAll @Size(max = 20) List<@LongRange(max = 50) Long> times,
      @ForAll @LongRange(min = -5, max = 55) long asOf,
      @ForAll @LongRange(min = 1, max = 30) long horizon) {
    TargetTimes targets = new TargetTimes();
    times.forEach(targets::add);

    assertThat(targets.happenedWithin(asOf, horizon))
        .isEqualTo(times.stream().anyMatch(it -> it > asOf && it <= asOf + horizon));
  }

  @Test
  void shouldTellTheLastTimeThatIsNotAfterATime() {
    TargetTimes times = new TargetTimes();
    assertThat(times.lastUntil(5)).isEqualTo(Long.MIN_VALUE);
    TargetTimes more = new TargetTimes();
    for (long time : new long[] {9, 3, 6, 6, 6, 6}) {
      more.add(time);
    }

    times.addAll(more);

    assertThat(times.lastUntil(2)).isEqualTo(Long.MIN_VALUE);
    assertThat(times.lastUntil(3)).isEqualTo(3);
    assertThat(times.lastUntil(5)).isEqualTo(3);
    assertThat(times.lastUntil(8)).isEqualTo(6);
    assertThat(times.lastUntil(9)).isEqualTo(9);
  }
}
