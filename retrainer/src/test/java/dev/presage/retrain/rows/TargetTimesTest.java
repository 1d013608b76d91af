package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.traits.Goal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TargetTimesTest {
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final Goal IN_ORDER = new Goal(2, true, false, false, Long.MAX_VALUE);
  private static final Goal BOTH = new Goal(2, false, false, false, Long.MAX_VALUE);
  private static final Goal FAILING = new Goal(1, false, false, true, Long.MAX_VALUE);

  /** What happened at a time. */
  record Mark(long time, int marks, double amount) {}

  @Test
  void shouldCountTheEndOfTheHorizonButNotItsBeginning() {
    TargetTimes targets = times(new Mark(100, FIRST, 1));

    assertThat(targets.outcome(Goal.ONE_EVENT, 100, 10)).isEqualTo(0);
    assertThat(targets.outcome(Goal.ONE_EVENT, 99, 10)).isEqualTo(1);
    assertThat(targets.outcome(Goal.ONE_EVENT, 90, 10)).isEqualTo(1);
    assertThat(targets.outcome(Goal.ONE_EVENT, 89, 10)).isEqualTo(0);
    assertThat(targets.sum(100, 10)).isEqualTo(0);
    assertThat(targets.sum(90, 10)).isEqualTo(1);
  }

  @Test
  void shouldAskForTheOrderWhereThereIsOne() {
    TargetTimes backwards = times(new Mark(5, SECOND, 1), new Mark(6, FIRST, 1));
    TargetTimes together = times(new Mark(5, FIRST | SECOND, 1));

    assertThat(backwards.outcome(IN_ORDER, 0, 10)).isEqualTo(0);
    assertThat(backwards.outcome(BOTH, 0, 10)).isEqualTo(1);
    assertThat(backwards.outcome(BOTH, 5, 10)).as("the first one is over").isEqualTo(0);
    assertThat(together.outcome(IN_ORDER, 0, 10)).as("each later than the other").isEqualTo(0);
    assertThat(together.outcome(BOTH, 0, 10)).isEqualTo(1);
  }

  @Test
  void shouldNotTakeSilenceForFailureWhereFailureIsDefined() {
    TargetTimes silent = times();
    TargetTimes declined = times(new Mark(3, Goal.FAILURE, 0), new Mark(4, FIRST, 1));
    TargetTimes accepted = times(new Mark(3, FIRST, 1), new Mark(4, Goal.FAILURE, 0));
    Goal impatient = new Goal(1, false, false, true, 2);

    assertThat(silent.outcome(Goal.ONE_EVENT, 0, 10)).isEqualTo(0);
    assertThat(silent.outcome(FAILING, 0, 10)).isNaN();
    assertThat(declined.outcome(FAILING, 0, 10)).isEqualTo(0);
    assertThat(accepted.outcome(FAILING, 0, 10)).isEqualTo(1);
    assertThat(silent.outcome(impatient, 0, 10)).as("it took too long").isEqualTo(0);
    assertThat(accepted.outcome(impatient, 0, 10)).as("it came too late").isEqualTo(0);
    assertThat(accepted.outcome(impatient, 1, 10)).isEqualTo(1);
  }

  @Test
  void shouldForetellAbsence() {
    Goal absent = new Goal(1, false, true, false, Long.MAX_VALUE);

    assertThat(times().outcome(absent, 0, 10)).isEqualTo(1);
    assertThat(times(new Mark(3, FIRST, 1)).outcome(absent, 0, 10)).isEqualTo(0);
  }

  @Property(tries = 3_000)
  void shouldAgreeWithATrialOfAllCombinations(
      @ForAll @Size(max = 12) List<@net.jqwik.api.From("marks") Mark> marks,
      @ForAll("goals") Goal goal,
      @ForAll @LongRange(min = -5, max = 30) long asOf,
      @ForAll @LongRange(min = 1, max = 25) long horizon) {
    TargetTimes targets = times(marks.toArray(Mark[]::new));

    assertThat(targets.outcome(goal, asOf, horizon))
        .isEqualTo(Double.valueOf(naive(marks, goal, asOf, horizon)));
  }

  @Property
  void shouldAgreeWithASumOverAll(
      @ForAll @Size(max = 20) List<@net.jqwik.api.From("marks") Mark> marks,
      @ForAll @LongRange(min = -5, max = 30) long asOf,
      @ForAll @LongRange(min = 1, max = 25) long horizon) {
    // Halves, so that no order of adding rounds.
    double expected =
        marks.stream()
            .filter(it -> it.time() > asOf && it.time() <= asOf + horizon)
            .mapToDouble(Mark::amount)
            .sum();

    assertThat(times(marks.toArray(Mark[]::new)).sum(asOf, horizon)).isEqualTo(expected);
  }

  @Test
  void shouldTellTheLastTimeThatIsNotAfterATime() {
    TargetTimes times = new TargetTimes();
    assertThat(times.lastUntil(5)).isEqualTo(Long.MIN_VALUE);
    TargetTimes more = new TargetTimes();
    for (long time : new long[] {9, 3, 6, 6, 6, 6}) {
      more.add(time);
    }
    more.add(7, Goal.FAILURE, 0);

    times.addAll(more);

    assertThat(times.lastUntil(2)).isEqualTo(Long.MIN_VALUE);
    assertThat(times.lastUntil(3)).isEqualTo(3);
    assertThat(times.lastUntil(5)).isEqualTo(3);
    assertThat(times.lastUntil(8)).isEqualTo(6);
    assertThat(times.lastUntil(9)).isEqualTo(9);
  }

  private static double naive(List<Mark> marks, Goal goal, long asOf, long horizon) {
    long until = asOf + Math.min(horizon, goal.failsAfterMillis());
    List<Mark> ahead = marks.stream().filter(it -> it.time() > asOf && it.time() <= until).toList();
    long success = goal.ordered() ? inOrder(ahead, goal, 0, asOf) : all(ahead, goal);
    long failure =
        ahead.stream()
            .filter(it -> (it.marks() & Goal.FAILURE) != 0)
            .mapToLong(Mark::time)
            .min()
            .orElse(Long.MAX_VALUE);
    boolean isDecided =
        success != Long.MAX_VALUE
            || failure != Long.MAX_VALUE
            || !goal.canFail()
            || goal.failsAfterMillis() != Long.MAX_VALUE;
    if (!isDecided) {
      return Double.NaN;
    }
    boolean isReached = success != Long.MAX_VALUE && success <= failure;
    return isReached == goal.absent() ? 0 : 1;
  }

  /** The earliest end of any choice of one event a step. */
  private static long inOrder(List<Mark> ahead, Goal goal, int step, long after) {
    return step == goal.steps()
        ? after
        : ahead.stream()
            .filter(it -> it.time() > after && (it.marks() >> step & 1) == 1)
            .mapToLong(it -> inOrder(ahead, goal, step + 1, it.time()))
            .min()
            .orElse(Long.MAX_VALUE);
  }

  private static long all(List<Mark> ahead, Goal goal) {
    long latest = Long.MIN_VALUE;
    for (int step = 0; step < goal.steps(); step++) {
      int bit = step;
      latest =
          Math.max(
              latest,
              ahead.stream()
                  .filter(it -> (it.marks() >> bit & 1) == 1)
                  .mapToLong(Mark::time)
                  .min()
                  .orElse(Long.MAX_VALUE));
    }
    return latest;
  }

  @Provide
  Arbitrary<Mark> marks() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 25),
            Arbitraries.integers().between(0, 7),
            Arbitraries.of(0, 0, 0, Goal.FAILURE),
            Arbitraries.integers().between(-9, 9))
        .as((time, steps, failure, amount) -> new Mark(time, steps | failure, amount / 2.0));
  }

  @Provide
  Arbitrary<Goal> goals() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(3L, 11L, Long.MAX_VALUE))
        .as(
            (steps, ordered, absent, canFail, after) ->
                new Goal(steps, ordered, absent, canFail, canFail ? after : Long.MAX_VALUE));
  }

  private static TargetTimes times(Mark... marks) {
    List<TargetTimes> halves = new ArrayList<>(List.of(new TargetTimes(), new TargetTimes()));
    for (int i = 0; i < marks.length; i++) {
      halves.get(i % 2).add(marks[i].time(), marks[i].marks(), marks[i].amount());
    }
    halves.getFirst().addAll(halves.getLast());
    return halves.getFirst();
  }
}
