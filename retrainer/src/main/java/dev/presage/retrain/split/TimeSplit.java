package dev.presage.retrain.split;

/**
 * Division of labelled rows by their as-of time. A row sees events up to its as-of time and its
 * label sees one horizon more, so a gap of one horizon lies before every part that judges: no row
 * of a part has seen, in its vector or its label, anything of the time in which the rows of the
 * next part lie.
 *
 * <pre>
 *   first                                                          lastLabelled     end of history
 *   |--- fit ---|· horizon ·|-- stopping --|· horizon ·|-- evaluation --|···· horizon ····|
 *   |---------------- train ---------------|
 * </pre>
 *
 * Parameters are chosen by fitting on {@code fit} and judging on {@code stopping}; the model is
 * fitted on the whole of {@code train} and judged on {@code evaluation}. Rows in the second gap are
 * left out of everything; those in the first are trained on, but choose nothing. The last third of
 * the time of {@code stopping} calibrates, where it has rows enough for it.
 *
 * @param fitUntil latest as-of time of rows to fit on while choosing, inclusive
 * @param stoppingFrom earliest as-of time of rows to choose by, inclusive
 * @param trainUntil latest as-of time of rows to train on, inclusive
 * @param evaluationFrom earliest as-of time of rows to judge by, inclusive
 * @param evaluationUntil latest as-of time of rows to judge by, inclusive
 * @param calibrationFrom earliest as-of time of rows to calibrate by, inclusive; the last is {@code
 *     trainUntil}
 */
public record TimeSplit(
    long fitUntil,
    long stoppingFrom,
    long trainUntil,
    long evaluationFrom,
    long evaluationUntil,
    long calibrationFrom) {
  /** Share of the time of labelled rows that judges, and share of the time before that chooses. */
  private static final double LATER_SHARE = 0.2;

  /** Share of the time of rows that choose which calibrates. */
  private static final double CALIBRATION_SHARE = 1.0 / 3;

  /**
   * Divides the time between the first row and the end of the history. Where that is short, parts
   * are empty: see {@link #daysNeeded}.
   *
   * @param firstAsOf as-of time of the first row
   * @param endOfHistory newest event time in the history
   * @param horizonMillis how far labels look ahead
   */
  public static TimeSplit of(long firstAsOf, long endOfHistory, long horizonMillis) {
    long lastLabelled = endOfHistory - horizonMillis;
    long evaluationFrom = laterPart(firstAsOf, lastLabelled, LATER_SHARE);
    long trainUntil = evaluationFrom - horizonMillis - 1;
    long stoppingFrom = laterPart(firstAsOf, trainUntil, LATER_SHARE);
    return new TimeSplit(
        stoppingFrom - horizonMillis - 1,
        stoppingFrom,
        trainUntil,
        evaluationFrom,
        lastLabelled,
        laterPart(stoppingFrom, trainUntil, CALIBRATION_SHARE));
  }

  /**
   * No division by time: all parts reach over all of it, as where rows are divided otherwise.
   *
   * @param firstAsOf as-of time of the first row
   * @param endOfHistory newest event time in the history
   */
  public static TimeSplit none(long firstAsOf, long endOfHistory) {
    return new TimeSplit(
        endOfHistory, firstAsOf, endOfHistory, firstAsOf, endOfHistory, endOfHistory + 1);
  }

  /** Days of history below which there is nothing to fit on, whatever the number of events. */
  public static double daysNeeded(long horizonMillis) {
    double early = 1 - LATER_SHARE;
    double labelled = (1 + early) / (early * early) * horizonMillis;
    return (labelled + horizonMillis) / 86_400_000.0;
  }

  /** Whether a row is fitted on while parameters are chosen. */
  public boolean fits(long asOf) {
    return asOf <= fitUntil;
  }

  /** Whether parameters are chosen by a row, or it calibrates. */
  public boolean stops(long asOf) {
    return asOf >= stoppingFrom && asOf <= trainUntil;
  }

  /** Whether a row that could choose calibrates instead. */
  public boolean calibrates(long asOf) {
    return stops(asOf) && asOf >= calibrationFrom;
  }

  /** Whether the model is trained on a row. */
  public boolean trains(long asOf) {
    return asOf <= trainUntil;
  }

  /** Whether the model is judged by a row. */
  public boolean evaluates(long asOf) {
    return asOf >= evaluationFrom && asOf <= evaluationUntil;
  }

  private static long laterPart(long from, long until, double share) {
    return until - Math.round(share * (until - from));
  }
}
