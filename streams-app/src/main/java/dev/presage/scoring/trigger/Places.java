package dev.presage.scoring.trigger;

import dev.presage.scoring.trigger.CapRules.Cap;
import dev.presage.scoring.trigger.ProfileSends.Send;
import dev.presage.scoring.trigger.ProfileSends.Span;

/**
 * How many profiles occupy a place of a trigger's total cap, at every time.
 *
 * <p>A profile that is sent something at s is in the window (t - W, t] for every t in [s, s + W):
 * for that span it occupies a place. So "at most N profiles in any window" is "at no time more than
 * N places occupied", and one more profile may get something where that stays so over the whole of
 * the span that it would newly occupy. The number occupied at t is the spans that start up to t
 * less those that end up to t: two sorted lists of times, to which most is added at their ends.
 * What arrives late looks at the starts within its span as well.
 *
 * <p>Spans that ended longer before the newest send than candidates may be late are dropped. Which
 * starts go with them does not matter, as long as it is as many and none is later: nobody asks of
 * that time any more.
 *
 * <p>Not thread-safe. It follows from the sends of all profiles, so it is not stored.
 */
final class Places {
  private final Cap cap;
  private final long latenessMillis;
  private final SortedTimes starts = new SortedTimes();
  private final SortedTimes ends = new SortedTimes();
  private long newestMillis = Long.MIN_VALUE;

  Places(Cap cap, long latenessMillis) {
    this.cap = cap;
    this.latenessMillis = latenessMillis;
  }

  /** Whether it can answer for these rules, whatever their number of places is. */
  boolean isFor(CapRules rules) {
    Cap total = rules.total();
    return total != null
        && total.windowMillis() == cap.windowMillis()
        && rules.latenessMillis() == latenessMillis;
  }

  /** Time of the newest one that went out; {@link Long#MIN_VALUE} where there is none. */
  long newestMillis() {
    return newestMillis;
  }

  /** Whether over a span there is always a place left. */
  boolean isFree(Span span, long most) {
    if (span.isEmpty()) {
      return true;
    }
    int started = starts.countUpTo(span.startMillis());
    if (started - ends.countUpTo(span.startMillis()) >= most) {
      return false;
    }
    // The number rises at starts alone.
    for (int i = started; i < starts.size() && starts.get(i) < span.endMillis(); i++) {
      long time = starts.get(i);
      if (starts.countUpTo(time) - ends.countUpTo(time) >= most) {
        return false;
      }
    }
    return true;
  }

  /** What a profile was sent has changed. */
  void replace(ProfileSends before, ProfileSends after) {
    for (Span span : before.occupied(cap.windowMillis())) {
      remove(span);
    }
    for (Span span : after.occupied(cap.windowMillis())) {
      add(span);
    }
    for (Send send : after.all()) {
      newestMillis = Math.max(newestMillis, send.timeMillis());
    }
    int ended = ends.countUpTo(horizon());
    starts.removeFirst(ended);
    ends.removeFirst(ended);
  }

  private void add(Span span) {
    if (span.endMillis() > horizon()) {
      starts.add(span.startMillis());
      ends.add(span.endMillis());
    }
  }

  private void remove(Span span) {
    if (span.endMillis() > horizon()) {
      ends.remove(span.endMillis());
      if (span.startMillis() > horizon()) {
        starts.remove(span.startMillis());
      } else {
        starts.removeFirst(1);
      }
    }
  }

  /** Nobody asks of a time before this one. */
  private long horizon() {
    return newestMillis == Long.MIN_VALUE ? Long.MIN_VALUE : newestMillis - latenessMillis;
  }
}
