package dev.presage.retrain.rows;

import dev.presage.retrain.traits.Goal;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.TraitKind;
import java.util.Arrays;

/**
 * When events happened to one profile that matter to a trait, sorted; those of one time in the
 * order in which they were added. Used by one thread.
 */
public final class TargetTimes {
  /** Neither reached nor failed: nothing is known. */
  public static final double CENSORED = Double.NaN;

  private static final int FIRST_STEP = 1;

  private static final long[] NO_TIMES = {};
  private static final int[] NO_MARKS = {};
  private static final double[] NO_AMOUNTS = {};

  // Most profiles never do what is foretold.
  private long[] times = NO_TIMES;
  private int[] marks = NO_MARKS;
  private double[] amounts = NO_AMOUNTS;
  private int size;

  /** Adds a time, in any order, at which a target of one event happened. */
  public void add(long time) {
    add(time, FIRST_STEP, 1);
  }

  /**
   * Adds a time, in any order.
   *
   * @param mark what the event is to the trait, see {@link Trait#marks}
   * @param amount what it adds to a value
   */
  void add(long time, int mark, double amount) {
    if (size == times.length) {
      int capacity = Math.max(2, size * 2);
      times = Arrays.copyOf(times, capacity);
      marks = Arrays.copyOf(marks, capacity);
      amounts = Arrays.copyOf(amounts, capacity);
    }
    int at = size;
    while (at > 0 && times[at - 1] > time) {
      at--;
    }
    System.arraycopy(times, at, times, at + 1, size - at);
    System.arraycopy(marks, at, marks, at + 1, size - at);
    System.arraycopy(amounts, at, amounts, at + 1, size - at);
    times[at] = time;
    marks[at] = mark;
    amounts[at] = amount;
    size++;
  }

  /** Adds what is in another. */
  void addAll(TargetTimes other) {
    for (int i = 0; i < other.size; i++) {
      add(other.times[i], other.marks[i], other.amounts[i]);
    }
  }

  /**
   * The first time that is not after a time and at which the target, or one of its events,
   * happened; {@link Long#MIN_VALUE} where there is none.
   */
  long firstUntil(long asOf) {
    for (int i = 0; i < size && times[i] <= asOf; i++) {
      if (marks[i] != Goal.FAILURE) {
        return times[i];
      }
    }
    return Long.MIN_VALUE;
  }

  /**
   * The last time that is not after a time and at which the target, or one of its events, happened;
   * {@link Long#MIN_VALUE} where there is none.
   */
  public long lastUntil(long asOf) {
    int last = next(asOf + 1) - 1;
    while (last >= 0 && marks[last] == Goal.FAILURE) {
      last--;
    }
    return last < 0 ? Long.MIN_VALUE : times[last];
  }

  /**
   * What a trait would have had to foretell as of a time: of a likelihood, 1 where it happened and
   * 0 where it did not; of a value, the value; of an attribute, what was declared last, whenever
   * that was.
   *
   * @return {@link #CENSORED} where that is not known
   */
  public double label(Trait trait, long asOf) {
    if (trait.isAttribute()) {
      return declaredLast();
    }
    return trait.kind() == TraitKind.VALUE
        ? sum(asOf, trait.horizonMillis())
        : outcome(trait.goal(), asOf, trait.horizonMillis());
  }

  private double declaredLast() {
    if (size == 0) {
      return CENSORED;
    }
    return marks[size - 1] == Goal.FAILURE ? 0 : 1;
  }

  /** What was added up in (asOf, asOf + horizon]. */
  double sum(long asOf, long horizonMillis) {
    double sum = 0;
    for (int i = next(asOf + 1); i < size && times[i] <= asOf + horizonMillis; i++) {
      sum += amounts[i];
    }
    return sum;
  }

  /**
   * What became of a goal in (asOf, asOf + horizon]: 1, 0 or {@link #CENSORED}. Of success and
   * failure the earlier counts, and success where both come at one time.
   */
  double outcome(Goal goal, long asOf, long horizonMillis) {
    long until = asOf + Math.min(horizonMillis, goal.failsAfterMillis());
    int reached = 0;
    int i = next(asOf + 1);
    while (i < size && times[i] <= until) {
      long time = times[i];
      int here = 0;
      for (; i < size && times[i] == time; i++) {
        here |= marks[i];
      }
      reached |= goal.ordered() ? here & nextStep(reached) : here & goal.allSteps();
      if (reached == goal.allSteps()) {
        return goal.absent() ? 0 : 1;
      }
      if ((here & Goal.FAILURE) != 0) {
        return goal.absent() ? 1 : 0;
      }
    }
    if (goal.canFail() && goal.failsAfterMillis() == Long.MAX_VALUE) {
      return CENSORED;
    }
    return goal.absent() ? 1 : 0;
  }

  /** The lowest bit that is not set: steps in order are reached from the lowest on. */
  private static int nextStep(int reached) {
    return reached + 1;
  }

  /** Place of the first one from a time on. */
  private int next(long from) {
    int found = Arrays.binarySearch(times, 0, size, from);
    while (found > 0 && times[found - 1] == from) {
      found--;
    }
    return found >= 0 ? found : -found - 1;
  }
}
