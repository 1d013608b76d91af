package dev.presage.features.explanation;

import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.explanation.WindowExplanation.CutTile;
import dev.presage.features.explanation.WindowExplanation.HeldEvent;
import dev.presage.features.explanation.WindowExplanation.Tile;
import dev.presage.features.series.EventBuffer;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.WindowView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a window is made of. */
public final class WindowReader {
  private WindowReader() {}

  /**
   * Reads the window that a view has selected.
   *
   * @param state what the view was opened with
   * @param tailMillis the tail that was selected, {@link WindowExplanation#BEGINNING} for all time
   * @param newestEventMillis the newest event time of the profile
   */
  public static WindowExplanation read(
      WindowView view,
      SeriesDefinition series,
      SeriesState state,
      long tailMillis,
      long newestEventMillis) {
    List<Tile> tiles = new ArrayList<>();
    for (int i = view.tilesFrom(); i < view.tilesTo(); i++) {
      tiles.add(tile(state, i));
    }
    return new WindowExplanation(
        series,
        tailMillis,
        view.head(),
        view.count(),
        view.heldCount(),
        newest(view, state.held(), series.kind() == Kind.NUMBERS),
        tiles,
        view.withBeyond() ? state.beyond().count() : 0,
        beyondInDoubt(view, state, tailMillis, newestEventMillis),
        tailCut(view, state, tailMillis),
        headCut(view, state));
  }

  private static List<HeldEvent> newest(WindowView view, EventBuffer held, boolean isNumeric) {
    List<HeldEvent> newest = new ArrayList<>();
    int until = Math.max(view.heldFrom(), view.heldTo() - WindowExplanation.NEWEST);
    for (int i = view.heldTo() - 1; i >= until; i--) {
      newest.add(new HeldEvent(held.time(i), isNumeric ? held.value(i) : Double.NaN));
    }
    return newest;
  }

  private static long beyondInDoubt(
      WindowView view, SeriesState state, long tailMillis, long newestEventMillis) {
    long retired = state.beyond().count();
    long keptFrom = newestEventMillis - state.layout().retentionMillis();
    if (retired == 0 || state.firstTime() > view.head()) {
      return 0;
    }
    if (tailMillis == WindowExplanation.BEGINNING) {
      // They count all, those that are later than the head, too.
      return view.head() < Math.max(keptFrom, state.beyond().lastTime()) ? retired : 0;
    }
    return tailMillis < Math.max(keptFrom, state.beyond().lastTime()) ? retired : 0;
  }

  private static Optional<CutTile> tailCut(WindowView view, SeriesState state, long tailMillis) {
    int cut = view.tileCutByTail();
    if (cut < 0) {
      return Optional.empty();
    }
    Tile tile = tile(state, cut);
    boolean before = cut < view.tilesFrom();
    return Optional.of(cutTile(tile, isIn(view, cut), before, tailMillis));
  }

  private static Optional<CutTile> headCut(WindowView view, SeriesState state) {
    int cut = view.tileCutByHead();
    if (cut < 0) {
      return Optional.empty();
    }
    Tile tile = tile(state, cut);
    boolean before = cut < view.tilesTo();
    return Optional.of(cutTile(tile, isIn(view, cut), before, view.head()));
  }

  private static boolean isIn(WindowView view, int tile) {
    return tile >= view.tilesFrom() && tile < view.tilesTo();
  }

  /**
   * @param before whether the tile counts as not later than the end of the window that cuts it
   */
  private static CutTile cutTile(Tile tile, boolean counted, boolean before, long time) {
    long off = before ? tile.endMillis() - 1 - time : time - tile.startMillis() + 1;
    return new CutTile(tile, counted, off);
  }

  private static Tile tile(SeriesState state, int tile) {
    return new Tile(
        state.tiles().start(tile),
        state.endOf(tile),
        state.tiles().count(tile),
        state.layout().numeric() ? state.tiles().sum(tile) : Double.NaN);
  }
}
