package dev.presage.features.explanation;

import dev.presage.features.declaration.Aggregate;
import dev.presage.features.explanation.ErrorBound.Kind;
import dev.presage.features.explanation.WindowExplanation.CutTile;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.WindowView;

/**
 * Finds out how far an aggregate of a window can be off.
 *
 * <p>One thing is not known here: a decayed sum whose half-life was declared when events had been
 * folded already began as an estimate from their tiles.
 */
public final class ErrorBounds {
  private ErrorBounds() {}

  /**
   * Returns the bound of an aggregate of the window that a view has selected.
   *
   * @param k of the aggregates that look for the k-th newest event
   */
  public static ErrorBound of(
      Aggregate aggregate, int k, WindowView view, SeriesState state, WindowExplanation window) {
    ErrorBound ends = ofEnds(window);
    boolean isDecayed = aggregate == Aggregate.DECAYED_COUNT || aggregate == Aggregate.DECAYED_SUM;
    if (window.events() == 0 && !isDecayed) {
      return ends;
    }
    if (looksForLast(aggregate) && window.events() >= k && !view.knowsLast(k)) {
      return ErrorBound.EXACT.of(Kind.FORGOTTEN);
    }
    boolean isAllHeld = window.events() == window.held();
    return switch (aggregate) {
      case COUNT, SUM, MEAN, MIN, MAX, STDDEV, SHARE, TREND, SUM_TREND -> ends;
      case FIRST -> isFirstOfAll(state, window) ? ErrorBound.EXACT : ofValue(ends, isAllHeld);
      case TIME_SINCE_FIRST ->
          isFirstOfAll(state, window) ? ErrorBound.EXACT : ends.withTimeOff(view.firstTimeDoubt());
      case LAST -> window.held() >= k ? ErrorBound.EXACT : ofValue(ends, window.events() < k);
      case TIME_SINCE_LAST ->
          window.held() >= k ? ErrorBound.EXACT : ends.withTimeOff(view.lastTimeDoubt(k));
      case MEAN_TIME_BETWEEN -> ends.withTimeOff(meanTimeDoubt(view, window));
      case DISTINCT -> ofDistinct(view, state);
      case SESSIONS, MEAN_SESSION_LENGTH, MEAN_SESSION_EVENTS -> ofValue(ends, isAllHeld);
      case DECAYED_COUNT, DECAYED_SUM ->
          view.heldTo() > 0 || window.headMillis() >= state.foldedUntil()
              ? ErrorBound.EXACT
              : ErrorBound.EXACT.of(Kind.ESTIMATED);
    };
  }

  private static boolean looksForLast(Aggregate aggregate) {
    return aggregate == Aggregate.LAST || aggregate == Aggregate.TIME_SINCE_LAST;
  }

  private static ErrorBound ofEnds(WindowExplanation window) {
    long inDoubt = window.eventsInDoubt();
    return inDoubt == 0
        ? ErrorBound.EXACT
        : new ErrorBound(
            Kind.BOUNDED,
            window.tailCut().map(CutTile::offMillis).orElse(0L),
            window.headCut().map(CutTile::offMillis).orElse(0L),
            0,
            inDoubt);
  }

  private static ErrorBound ofValue(ErrorBound ends, boolean isKnown) {
    return isKnown ? ends : ends.of(Kind.ESTIMATED);
  }

  /** The first event of all is remembered for ever. */
  private static boolean isFirstOfAll(SeriesState state, WindowExplanation window) {
    return window.tailMillis() == WindowExplanation.BEGINNING
        && state.firstTime() <= window.headMillis();
  }

  private static long meanTimeDoubt(WindowView view, WindowExplanation window) {
    return window.events() < 2
        ? 0
        : Math.ceilDiv(view.firstTimeDoubt() + view.lastTimeDoubt(1), window.events() - 1);
  }

  /** The sample knows when each identifier was last seen, so no tail is in doubt. */
  private static ErrorBound ofDistinct(WindowView view, SeriesState state) {
    if (view.heldTo() == 0 && view.head() < state.foldedUntil()) {
      return ErrorBound.EXACT.of(Kind.ESTIMATED);
    }
    return view.isSampled() ? ErrorBound.EXACT.of(Kind.SAMPLED) : ErrorBound.EXACT;
  }
}
