package dev.presage.scoring.trigger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a profile was sent by one trigger, in the order of event time, as far back as it can hold a
 * candidate back. Those of the holdout count as the others do, but occupy no place of all.
 *
 * <p>Immutable.
 */
final class ProfileSends {
  static final ProfileSends NONE = new ProfileSends(List.of());

  private final List<Send> sends;

  /**
   * One that went out.
   *
   * @param timeMillis its event time, from 0
   * @param id the first 64 bits of its ID
   * @param holdout whether it was recorded for the holdout alone
   */
  record Send(long timeMillis, long id, boolean holdout) {
    Send {
      if (timeMillis < 0) {
        throw new IllegalArgumentException("The time is " + timeMillis + "; expected 0 or more");
      }
    }
  }

  /** A span of event time: from its start up to, and without, its end. */
  record Span(long startMillis, long endMillis) {
    boolean isEmpty() {
      return startMillis >= endMillis;
    }
  }

  private ProfileSends(List<Send> sends) {
    this.sends = sends;
  }

  /** In any order. */
  static ProfileSends of(List<Send> sends) {
    List<Send> sorted = new ArrayList<>(sends);
    sorted.sort(Comparator.comparingLong(Send::timeMillis));
    return new ProfileSends(List.copyOf(sorted));
  }

  List<Send> all() {
    return sends;
  }

  boolean isEmpty() {
    return sends.isEmpty();
  }

  /** Time of the newest; {@link Long#MIN_VALUE} where there is none. */
  long newestMillis() {
    return sends.isEmpty() ? Long.MIN_VALUE : sends.getLast().timeMillis();
  }

  /** The one with this ID, if there is one. */
  Optional<Send> find(long id) {
    return sends.stream().filter(it -> it.id() == id).findFirst();
  }

  /**
   * Whether one more at a time would leave no window of this length, wherever it lies, with more
   * than so many.
   */
  boolean allow(long most, long windowMillis, long timeMillis) {
    int place = place(timeMillis);
    // Of each run of most + 1 in which the new one is, the first and the last must be a window
    // apart.
    for (long first = place - most; first <= place; first++) {
      long last = first + most;
      if (first < 0 || last > sends.size()) {
        continue;
      }
      if (withNew(last, place, timeMillis) - withNew(first, place, timeMillis) < windowMillis) {
        return false;
      }
    }
    return true;
  }

  private long withNew(long index, int place, long timeMillis) {
    if (index == place) {
      return timeMillis;
    }
    return sends.get((int) (index < place ? index : index - 1)).timeMillis();
  }

  /** How many are at this time or before. */
  private int place(long timeMillis) {
    int place = sends.size();
    while (place > 0 && sends.get(place - 1).timeMillis() > timeMillis) {
      place--;
    }
    return place;
  }

  /** One more; those not after {@code newest - keptMillis} are dropped. */
  ProfileSends with(Send send, long keptMillis) {
    List<Send> more = new ArrayList<>(sends.size() + 1);
    long newest = Math.max(newestMillis(), send.timeMillis());
    for (Send each : sends) {
      if (each.timeMillis() > newest - keptMillis) {
        more.add(each);
      }
    }
    more.add(send);
    return of(more);
  }

  /** These and those of another profile that was merged into this one. */
  ProfileSends with(ProfileSends others) {
    List<Send> more = new ArrayList<>(sends);
    more.addAll(others.sends);
    return of(more);
  }

  /**
   * When the profile occupies a place of all: each one that went out does so for a window from its
   * time on, and two that overlap occupy one.
   *
   * @return spans in order, none touching the next
   */
  List<Span> occupied(long windowMillis) {
    List<Span> spans = new ArrayList<>();
    for (Send send : sends) {
      if (send.holdout()) {
        continue;
      }
      long end = send.timeMillis() + windowMillis;
      if (!spans.isEmpty() && spans.getLast().endMillis() >= send.timeMillis()) {
        spans.add(new Span(spans.removeLast().startMillis(), end));
      } else {
        spans.add(new Span(send.timeMillis(), end));
      }
    }
    return spans;
  }

  /** What one more at a time would occupy that the profile does not occupy yet; one span. */
  Span newlyOccupied(long windowMillis, long timeMillis) {
    long start = timeMillis;
    long end = timeMillis + windowMillis;
    for (Send send : sends) {
      if (send.holdout()) {
        continue;
      }
      if (send.timeMillis() <= timeMillis) {
        start = Math.max(start, send.timeMillis() + windowMillis);
      } else {
        end = Math.min(end, send.timeMillis());
      }
    }
    return new Span(start, end);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProfileSends that && sends.equals(that.sends);
  }

  @Override
  public int hashCode() {
    return sends.hashCode();
  }

  @Override
  public String toString() {
    return sends.toString();
  }
}
