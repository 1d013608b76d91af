package dev.presage.retrain.report;

import dev.presage.retrain.evaluation.CalibrationDecile;
import dev.presage.retrain.evaluation.Curves;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Interval;
import dev.presage.retrain.evaluation.Point;
import dev.presage.retrain.evaluation.Population;
import dev.presage.retrain.evaluation.ScoreBin;
import dev.presage.retrain.evaluation.Threshold;
import dev.presage.retrain.runs.Judged;
import dev.presage.retrain.runs.Portrait;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.runs.ScoreTimeline;
import dev.presage.retrain.runs.TrainingReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that there is to say of a run.
 *
 * @param run ID of the run
 * @param trait what was trained
 * @param state where the run is
 * @param reason why it ended as it did; null before
 * @param modelVersion the version that came of it; null where none did
 * @param queuedAt when it was asked for, as ISO 8601
 * @param endedAt when it was over; null before
 * @param findings what was found out; null where it did not come to that
 */
public record RunReport(
    String run,
    String trait,
    String state,
    @Nullable String reason,
    @Nullable String modelVersion,
    String queuedAt,
    @Nullable String endedAt,
    @Nullable Findings findings) {

  /**
   * What was found out.
   *
   * @param data what was read, trained on and judged by
   * @param parameters of the model
   * @param predictors figures of the model, and of what it is compared with on the same rows
   * @param populations figures of the model for some of the rows
   * @param thresholds of the model, by what they are for
   * @param scores how the model's scores are distributed, by what happened
   * @param importance the features that the model uses, the most important first
   * @param stability how far each feature has moved from the training rows to those that judge, the
   *     farthest first
   * @param scoreParts the scores on the rows that it was fitted on, those that chose it, and those
   *     that judge it
   * @param scorePeriods the scores over time
   */
  public record Findings(
      Data data,
      Map<String, String> parameters,
      List<PredictorFigures> predictors,
      List<PredictorFigures> populations,
      List<GoalThreshold> thresholds,
      List<Bin> scores,
      List<NamedNumber> importance,
      List<NamedNumber> stability,
      List<ScoreSpan> scoreParts,
      List<ScoreSpan> scorePeriods) {}

  /**
   * Rows and times; times are ISO 8601.
   *
   * @param kind what is foretold: LIKELIHOOD, VALUE or ATTRIBUTE
   */
  public record Data(
      String kind,
      long events,
      long profiles,
      long trainingRows,
      long trainingPositives,
      String trainedUntil,
      String evaluatedFrom,
      String evaluatedUntil) {}

  /**
   * Figures of one predictor on some rows.
   *
   * @param name of the predictor, or of the rows
   * @param figures by name; those that are not defined are out
   * @param positives rows to which the target happened; of amounts, those above 0
   * @param calibration by decile of the score
   * @param curves empty where they were not drawn
   */
  public record PredictorFigures(
      String name,
      long rows,
      long positives,
      Map<String, Figure> figures,
      List<Decile> calibration,
      CurvePoints curves) {}

  /** A figure and where it lies with a confidence of 95%; null where that is not known. */
  public record Figure(double value, @Nullable Double low, @Nullable Double high) {}

  /** A tenth of the rows. */
  public record Decile(
      int decile,
      long rows,
      double meanScore,
      double rate,
      @Nullable Double low,
      @Nullable Double high) {}

  /** Points of the curves, {@code [x, y]} each. */
  public record CurvePoints(
      List<List<Double>> roc,
      List<List<Double>> precisionRecall,
      List<List<Double>> lift,
      List<List<Double>> gain) {
    static final CurvePoints NONE = new CurvePoints(List.of(), List.of(), List.of(), List.of());
  }

  /** What a threshold is for, and what it comes to; the recall is null without positives. */
  public record GoalThreshold(
      String goal,
      double score,
      double share,
      double precision,
      @Nullable Double recall,
      double f1) {}

  /** A range of scores, and the share of the negatives and of the positives that is in it. */
  public record Bin(double from, double until, double negatives, double positives) {}

  /** A number of a feature; null where it is not defined. */
  public record NamedNumber(String feature, @Nullable Double value) {}

  /**
   * The scores of some rows at event moments.
   *
   * @param name of the part, or the first day of the period
   * @param from first as-of time, as ISO 8601
   * @param until end, as ISO 8601
   * @param meanScore mean of what was foretold
   * @param meanLabel mean of what happened
   * @param index population stability index of the scores against those of the rows that judge;
   *     null where there are too few rows to tell
   */
  public record ScoreSpan(
      String name,
      String from,
      String until,
      long rows,
      double meanScore,
      double meanLabel,
      @Nullable Double index) {}

  /** The report of a run. */
  public static RunReport of(RunStatus run) {
    TrainingReport report = run.report();
    Instant endedAt = run.endedAt();
    return new RunReport(
        run.id(),
        run.trait(),
        run.state().name(),
        run.reason(),
        run.modelVersion(),
        run.queuedAt().toString(),
        endedAt == null ? null : endedAt.toString(),
        report == null ? null : findings(report));
  }

  /** With what was found out before the process was started. */
  RunReport withFindings(Findings kept) {
    return new RunReport(run, trait, state, reason, modelVersion, queuedAt, endedAt, kept);
  }

  private static Findings findings(TrainingReport report) {
    Judged judged = report.judged();
    List<PredictorFigures> predictors = new ArrayList<>();
    predictors.add(figures("model", report.model(), points(judged.modelCurves())));
    predictors.add(
        figures(
            "baseline " + report.baselineFeature(),
            report.baseline(),
            points(judged.baselineCurves())));
    Evaluation incumbent = judged.incumbent();
    if (incumbent != null) {
      predictors.add(
          figures("live model " + judged.incumbentVersion(), incumbent, CurvePoints.NONE));
    }
    List<PredictorFigures> populations = new ArrayList<>();
    for (Population population : Population.values()) {
      Evaluation evaluation = judged.populations().get(population);
      if (evaluation != null) {
        populations.add(figures(population.words(), evaluation, CurvePoints.NONE));
      }
    }
    populations.add(figures("at calendar times", report.calendarModel(), CurvePoints.NONE));
    return new Findings(
        data(report),
        new TreeMap<>(report.learned().parameters()),
        predictors,
        populations,
        judged.thresholds().stream().map(RunReport::threshold).toList(),
        bins(judged.scores()),
        report.portrait().importance().stream().map(RunReport::important).toList(),
        report.portrait().stability().stream().map(RunReport::stable).toList(),
        spans(report.portrait().timeline().parts()),
        spans(report.portrait().timeline().periods()));
  }

  private static Data data(TrainingReport report) {
    return new Data(
        report.kind().name(),
        report.history().events(),
        report.history().profiles(),
        report.trainingRows(),
        report.trainingPositives(),
        time(report.split().trainUntil()),
        time(report.split().evaluationFrom()),
        time(report.split().evaluationUntil()));
  }

  private static PredictorFigures figures(String name, Evaluation evaluation, CurvePoints curves) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (var figure : evaluation.figures()) {
      double value = evaluation.value(figure);
      if (Double.isFinite(value)) {
        Interval interval = evaluation.interval(figure).orElse(null);
        figures.put(
            figure.key(),
            new Figure(
                value,
                interval == null ? null : interval.low(),
                interval == null ? null : interval.high()));
      }
    }
    return new PredictorFigures(
        name,
        evaluation.rows(),
        evaluation.positives(),
        figures,
        evaluation.calibration().stream().map(RunReport::decile).toList(),
        curves);
  }

  private static Decile decile(CalibrationDecile decile) {
    Interval interval = decile.interval();
    return new Decile(
        decile.decile(),
        decile.rows(),
        decile.meanScore(),
        decile.rate(),
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high());
  }

  private static CurvePoints points(Curves curves) {
    return new CurvePoints(
        points(curves.roc()),
        points(curves.precisionRecall()),
        points(curves.lift()),
        points(curves.gain()));
  }

  private static List<List<Double>> points(List<Point> curve) {
    return curve.stream().map(it -> List.of(it.x(), it.y())).toList();
  }

  private static GoalThreshold threshold(Judged.ReachedGoal reached) {
    Threshold threshold = reached.threshold();
    return new GoalThreshold(
        reached.goal().words(),
        threshold.score(),
        threshold.share(),
        threshold.precision(),
        defined(threshold.recall()),
        threshold.f1());
  }

  private static List<Bin> bins(List<ScoreBin> bins) {
    double negatives = bins.stream().mapToDouble(ScoreBin::negatives).sum();
    double positives = bins.stream().mapToDouble(ScoreBin::positives).sum();
    return bins.stream()
        .map(
            it ->
                new Bin(
                    it.from(),
                    it.until(),
                    negatives > 0 ? it.negatives() / negatives : 0,
                    positives > 0 ? it.positives() / positives : 0))
        .toList();
  }

  private static NamedNumber important(Portrait.ImportantFeature feature) {
    return new NamedNumber(feature.feature(), defined(feature.contribution()));
  }

  private static NamedNumber stable(Portrait.FeatureStability feature) {
    return new NamedNumber(feature.feature(), defined(feature.index()));
  }

  private static List<ScoreSpan> spans(List<ScoreTimeline.Span> spans) {
    return spans.stream()
        .map(
            it ->
                new ScoreSpan(
                    it.name(),
                    time(it.from()),
                    time(it.until()),
                    it.rows(),
                    it.meanScore(),
                    it.meanLabel(),
                    defined(it.index())))
        .toList();
  }

  private static @Nullable Double defined(double number) {
    return Double.isFinite(number) ? number : null;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
