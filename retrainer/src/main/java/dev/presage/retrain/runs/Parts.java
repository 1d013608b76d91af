package dev.presage.retrain.runs;

import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.split.TimeSplit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The parts of the rows. Models are fitted on rows of both kinds and judged on rows at event
 * moments, as that is when they are asked.
 *
 * @param fit to fit on while a candidate is chosen
 * @param later to choose by, and then to calibrate by
 * @param choosing how many of the later rows choose, the first ones; all of them where too few
 *     would be left for either purpose
 * @param train to train the model on
 * @param evaluation to judge the model by
 * @param calendarEvaluation held-out rows at calendar cut times, judged apart
 */
record Parts(
    Rows fit, Rows later, int choosing, Rows train, Rows evaluation, Rows calendarEvaluation) {
  /** Of each outcome, to choose by and to calibrate by; with fewer nothing is calibrated. */
  static final int LEAST_TO_DIVIDE = 120;

  /** Of the profiles, where these are divided. */
  private static final double LATER_SHARE = 0.2;

  static Parts of(Rows rows, TimeSplit split) {
    Rows later = rows.where(row -> isMoment(rows, row) && split.stops(rows.asOf(row)));
    return new Parts(
        rows.where(row -> split.fits(rows.asOf(row))),
        later,
        choosing(later, split),
        rows.where(row -> split.trains(rows.asOf(row))),
        rows.where(row -> isMoment(rows, row) && split.evaluates(rows.asOf(row))),
        rows.where(row -> !isMoment(rows, row) && split.evaluates(rows.asOf(row))));
  }

  /**
   * Divides rows by profile: a fifth of the profiles judges, a fifth of the others chooses. All
   * rows of a profile are in one part, whatever their time; of those that choose none calibrates.
   */
  static Parts ofProfiles(Rows rows) {
    double choosingFrom = (1 - LATER_SHARE) * (1 - LATER_SHARE);
    double judgingFrom = 1 - LATER_SHARE;
    IntPredicate fits = row -> rows.profileShare(row) < choosingFrom;
    IntPredicate trains = row -> rows.profileShare(row) < judgingFrom;
    Rows later = rows.where(row -> isMoment(rows, row) && trains.test(row) && !fits.test(row));
    return new Parts(
        rows.where(fits),
        later,
        later.size(),
        rows.where(trains),
        rows.where(row -> isMoment(rows, row) && !trains.test(row)),
        rows.where(row -> !isMoment(rows, row) && !trains.test(row)));
  }

  /** The same where all of the later rows choose, and none calibrates. */
  Parts undivided() {
    return new Parts(fit, later, later.size(), train, evaluation, calendarEvaluation);
  }

  /** To choose by. */
  Rows stopping() {
    return later.where(row -> row < choosing);
  }

  /** To calibrate by; maybe none. */
  Rows calibration() {
    return later.where(row -> row >= choosing);
  }

  private static int choosing(Rows later, TimeSplit split) {
    int count =
        (int)
            IntStream.range(0, later.size())
                .filter(row -> !split.calibrates(later.asOf(row)))
                .count();
    boolean isEnough =
        isEnough(later.where(row -> row < count)) && isEnough(later.where(row -> row >= count));
    return isEnough ? count : later.size();
  }

  private static boolean isEnough(Rows rows) {
    return Math.min(rows.positives(), rows.negatives()) >= LEAST_TO_DIVIDE;
  }

  private static boolean isMoment(Rows rows, int row) {
    return rows.kind(row) == RowKind.MOMENT;
  }
}
