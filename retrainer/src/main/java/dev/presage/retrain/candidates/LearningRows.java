package dev.presage.retrain.candidates;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.selection.UsedFeatures;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What candidates are chosen by. A candidate is fitted to {@code fit} and says what it thinks of
 * {@code later}, all of it more than a horizon later. By the first of these rows it is chosen; the
 * others are there to calibrate by, and no candidate may look at what happened to them.
 *
 * @param features what models may use of the vectors
 * @param fit rows to fit on
 * @param later rows to predict, ordered by time
 * @param choosing how many of the later rows choose, the first ones, at least 1
 */
public record LearningRows(UsedFeatures features, Rows fit, Rows later, int choosing) {

  /** The rows that choose. */
  public Rows choosingRows() {
    return later.where(row -> row < choosing);
  }

  /** The rows that of these pass, each told by its own rows and number. */
  LearningRows where(Membership membership) {
    IntPredicate inLater = row -> membership.holds(later, row);
    return new LearningRows(
        features,
        fit.where(row -> membership.holds(fit, row)),
        later.where(inLater),
        (int) IntStream.range(0, choosing).filter(inLater).count());
  }

  /** Tells whether a row belongs. */
  @FunctionalInterface
  interface Membership {
    boolean holds(Rows rows, int row);
  }
}
