package dev.presage.retrain.runs;

import dev.presage.model.population.ReferenceBins;
import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.Rows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How a model's scores lie over time, at event moments. They are held against those on the rows
 * that judge, as scores in service are.
 *
 * @param parts the rows that it was fitted on, those that chose it, and those that judge it, where
 *     there are any
 * @param periods days, weeks, months or quarters of as-of time with rows, one after the other, from
 *     the first row to the last whose outcome is known
 */
public record ScoreTimeline(List<Span> parts, List<Span> periods) {
  static final ScoreTimeline NONE = new ScoreTimeline(List.of(), List.of());

  /** By chance alone the index of n rows is about 10 / n: of fewer it would tell nothing. */
  static final int LEAST_ROWS = 100;

  private static final int MOST_ROWS = 100_000;
  private static final int DAYS_OF_WEEKS = 28;
  private static final int DAYS_OF_MONTHS = 120;
  private static final int DAYS_OF_QUARTERS = 5 * 365;

  public ScoreTimeline {
    parts = List.copyOf(parts);
    periods = List.copyOf(periods);
  }

  /**
   * The scores of some rows.
   *
   * @param name of the part, or the first day of the period
   * @param from first as-of time, inclusive, milliseconds since the epoch
   * @param until last as-of time of a part, inclusive; end of a period, exclusive
   * @param rows at least 1
   * @param meanScore mean of the scores
   * @param meanLabel mean of what happened: of a likelihood the share of positives
   * @param index population stability index of the scores; NaN of fewer rows than 100
   */
  public record Span(
      String name,
      long from,
      long until,
      long rows,
      double meanScore,
      double meanLabel,
      double index) {}

  /** Predicts rows. */
  @FunctionalInterface
  interface Scorer {
    /** The score of each row. */
    double[] score(Rows rows);
  }

  /**
   * The timeline of a model.
   *
   * @param labelled all rows whose outcome is known
   * @param reference how its scores are distributed on the rows that judge
   */
  static ScoreTimeline of(Scorer model, Rows labelled, Parts parts, ReferenceBins reference) {
    Rows rows = labelled.where(row -> labelled.kind(row) == RowKind.MOMENT).evenly(MOST_ROWS);
    if (rows.size() == 0) {
      return NONE;
    }
    Scored scored = new Scored(rows, model.score(rows), reference);
    List<Span> ofParts = new ArrayList<>();
    addPart(ofParts, "fitted on", parts.fit(), scored);
    addPart(ofParts, "chosen by", parts.later(), scored);
    addPart(ofParts, "judged by", parts.evaluation(), scored);
    return new ScoreTimeline(ofParts, periods(rows, scored));
  }

  private static void addPart(List<Span> spans, String name, Rows part, Scored scored) {
    if (part.size() > 0) {
      long from = part.asOf(0);
      long until = part.asOf(part.size() - 1);
      addSpan(spans, name, from, until, scored, row -> isWithin(scored.rows, row, from, until));
    }
  }

  private static boolean isWithin(Rows rows, int row, long from, long until) {
    return rows.asOf(row) >= from && rows.asOf(row) <= until;
  }

  private static List<Span> periods(Rows rows, Scored scored) {
    LocalDate first = date(rows.asOf(0));
    LocalDate last = date(rows.asOf(rows.size() - 1));
    long days = ChronoUnit.DAYS.between(first, last);
    Period step =
        days < DAYS_OF_WEEKS
            ? Period.ofDays(1)
            : days < DAYS_OF_MONTHS
                ? Period.ofWeeks(1)
                : Period.ofMonths(days < DAYS_OF_QUARTERS ? 1 : 3);
    List<Span> periods = new ArrayList<>();
    LocalDate begin = start(first, step);
    while (!begin.isAfter(last)) {
      LocalDate end = begin.plus(step);
      long from = millis(begin);
      long until = millis(end);
      addSpan(
          periods,
          begin.toString(),
          from,
          until,
          scored,
          row -> isWithin(rows, row, from, until - 1));
      begin = end;
    }
    return periods;
  }

  /** The beginning of the month or quarter; days and weeks begin with the first row. */
  private static LocalDate start(LocalDate first, Period step) {
    if (step.getMonths() == 0) {
      return first;
    }
    LocalDate month = first.with(TemporalAdjusters.firstDayOfMonth());
    return month.minusMonths((month.getMonthValue() - 1) % step.getMonths());
  }

  private static void addSpan(
      List<Span> spans, String name, long from, long until, Scored scored, IntPredicate members) {
    int[] rows = IntStream.range(0, scored.rows.size()).filter(members).toArray();
    if (rows.length > 0) {
      spans.add(
          new Span(
              name,
              from,
              until,
              rows.length,
              mean(IntStream.of(rows).mapToDouble(row -> scored.scores[row]).toArray()),
              mean(IntStream.of(rows).mapToDouble(scored.rows::label).toArray()),
              scored.index(rows)));
    }
  }

  private static double mean(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  private static LocalDate date(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static long millis(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** Rows with their scores, in the order of their as-of times. */
  private static final class Scored {
    private final Rows rows;
    private final double[] scores;
    private final ReferenceBins reference;

    Scored(Rows rows, double[] scores, ReferenceBins reference) {
      this.rows = rows;
      this.scores = scores;
      this.reference = reference;
    }

    double index(int[] members) {
      if (members.length < LEAST_ROWS) {
        return Double.NaN;
      }
      long[] counts = new long[reference.count()];
      for (int row : members) {
        counts[reference.bin(scores[row])]++;
      }
      return reference.stabilityIndex(counts);
    }
  }
}
