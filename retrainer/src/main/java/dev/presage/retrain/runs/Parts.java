package dev.presage.retrain.runs;

import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.split.TimeSplit;

/**
 * The parts of the rows. Models are fitted on rows of both kinds and judged on rows at event
 * moments, as that is when they are asked.
 *
 * @param fit to fit on while parameters are chosen
 * @param stopping to choose parameters by
 * @param train to train the model on
 * @param evaluation to judge the model by
 * @param calendarEvaluation held-out rows at calendar cut times, judged apart
 */
record Parts(Rows fit, Rows stopping, Rows train, Rows evaluation, Rows calendarEvaluation) {
  static Parts of(Rows rows, TimeSplit split) {
    return new Parts(
        rows.where(row -> split.fits(rows.asOf(row))),
        rows.where(row -> isMoment(rows, row) && split.stops(rows.asOf(row))),
        rows.where(row -> split.trains(rows.asOf(row))),
        rows.where(row -> isMoment(rows, row) && split.evaluates(rows.asOf(row))),
        rows.where(row -> !isMoment(rows, row) && split.evaluates(rows.asOf(row))));
  }

  private static boolean isMoment(Rows rows, int row) {
    return rows.kind(row) == RowKind.MOMENT;
  }
}
