package dev.presage.features;

import dev.presage.features.series.ProfileLayout;
import dev.presage.features.series.RecentIds;
import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.WindowView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of the events of one profile. Made by {@link FeatureEngine#newState},
 * changed by {@link FeatureEngine#apply}, stored by {@code ProfileCodec}.
 *
 * <p>Its size is bounded, whatever comes: per series the newest events, tiles whose number the grid
 * bounds, and totals; per profile a limited number of event IDs, and of series that nobody
 * declared. One thread at a time may use it, for reading, too.
 */
public final class ProfileState {
  private static final long NONE = -1;

  private final ProfileLayout layout;
  private final SeriesState[] series;
  private final List<SeriesState> undeclared = new ArrayList<>(0);
  private final AppliedLog log = new AppliedLog();
  private RecentIds recentIds = new RecentIds();
  private long newest = NONE;
  private long leftOut;

  // No part of the state: they are used again and again, so that an event costs no garbage.
  private @Nullable WindowView view;
  private @Nullable WindowView otherView;
  private @Nullable Observation observation;

  ProfileState(ProfileLayout layout) {
    this.layout = layout;
    List<SeriesLayout> layouts = layout.series();
    this.series = new SeriesState[layouts.size()];
    for (int i = 0; i < series.length; i++) {
      series[i] = new SeriesState(layouts.get(i));
    }
  }

  /** Says whether no event has been applied yet. */
  public boolean isEmpty() {
    return newest == NONE;
  }

  /**
   * Returns the time of the newest event that was applied, in milliseconds since 1970; -1 where
   * there is none.
   */
  public long newestEventMillis() {
    return newest;
  }

  /**
   * Says whether the profile sent more than it may, so that some event IDs were forgotten too early
   * or some series that nobody declared were left out.
   */
  public boolean isCapped() {
    return recentIds.isCapped() || leftOut > 0;
  }

  /** Returns how many values were left out because the profile has too many undeclared series. */
  public long leftOut() {
    return leftOut;
  }

  /** Returns what was applied since the state was last stored whole. */
  public AppliedLog log() {
    return log;
  }

  /** Returns the layout that this state follows; for the codec. */
  public ProfileLayout layout() {
    return layout;
  }

  /** Returns the state of the series at an index of the layout; for the codec. */
  public SeriesState series(int index) {
    return series[index];
  }

  /** Returns the series that are tracked without being declared, by ascending ID; for the codec. */
  public List<SeriesState> undeclared() {
    return Collections.unmodifiableList(undeclared);
  }

  /** Adds a series that is tracked without being declared; for the codec. */
  public void addUndeclared(SeriesState more) {
    int at = undeclared.size();
    while (at > 0 && undeclared.get(at - 1).layout().id() > more.layout().id()) {
      at--;
    }
    undeclared.add(at, more);
  }

  /** Returns the event IDs that are remembered; for the codec. */
  public RecentIds recentIds() {
    return recentIds;
  }

  /** Moves the newest event time on, never back; for the engine and the codec. */
  public void advanceTo(long millis) {
    newest = Math.max(newest, millis);
  }

  /** Sets how many values were left out; for the codec. */
  public void leftOut(long values) {
    leftOut = values;
  }

  void recentIds(RecentIds ids) {
    recentIds = ids;
  }

  /** Counts a value that was left out. */
  void leaveOut() {
    leftOut++;
  }

  /**
   * Returns the state of a series, declared or not; null where it is new, undeclared, and one too
   * many.
   */
  @Nullable SeriesState find(SeriesLayout of) {
    int index = layout.indexOf(of.id());
    if (index >= 0) {
      return series[index];
    }
    for (SeriesState known : undeclared) {
      if (known.layout().id() == of.id()) {
        return known;
      }
    }
    if (undeclared.size() >= layout.undeclared()) {
      return null;
    }
    SeriesState more = new SeriesState(of);
    addUndeclared(more);
    return more;
  }

  WindowView view() {
    WindowView made = view;
    if (made == null) {
      made = new WindowView();
      view = made;
    }
    return made;
  }

  WindowView otherView() {
    WindowView made = otherView;
    if (made == null) {
      made = new WindowView();
      otherView = made;
    }
    return made;
  }

  Observation observation() {
    Observation made = observation;
    if (made == null) {
      made = new Observation();
      observation = made;
    }
    return made;
  }

  /** Replaces the state of a declared series. */
  void series(int index, SeriesState state) {
    series[index] = state;
  }
}
