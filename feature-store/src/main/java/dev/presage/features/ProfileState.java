package dev.presage.features;

import dev.presage.features.series.ProfileLayout;
import dev.presage.features.series.RecentIds;
import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.WindowView;
import java.util.List;

/**
 * All that is remembered of the events of one profile. Made by {@link FeatureEngine#newState},
 * changed by {@link FeatureEngine#apply}, stored by {@code ProfileCodec}.
 *
 * <p>Its size is bounded, whatever comes: per series the newest events, tiles whose number the
 * ladder bounds, and totals; per profile a limited number of event IDs. One thread at a time may
 * use it, for reading, too.
 */
public final class ProfileState {
  private static final long NONE = -1;

  private final ProfileLayout layout;
  private final SeriesState[] series;
  private final RecentIds recentIds = new RecentIds();
  private final WindowView view = new WindowView();
  private long newest = NONE;

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
   * Says whether the profile sent more events than it may, so that some event IDs were forgotten
   * too early.
   */
  public boolean isCapped() {
    return recentIds.isCapped();
  }

  /** Returns the layout that this state follows; for the codec. */
  public ProfileLayout layout() {
    return layout;
  }

  /** Returns the state of the series at an index of the layout; for the codec. */
  public SeriesState series(int index) {
    return series[index];
  }

  /** Returns the event IDs that are remembered; for the codec. */
  public RecentIds recentIds() {
    return recentIds;
  }

  /** Moves the newest event time on, never back; for the engine and the codec. */
  public void advanceTo(long millis) {
    newest = Math.max(newest, millis);
  }

  /**
   * A view that is used again and again, so that a vector costs no garbage; no part of the state.
   */
  WindowView view() {
    return view;
  }
}
