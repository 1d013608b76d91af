package dev.presage.retrain.app;

import dev.presage.retrain.candidates.CandidateResult;
import dev.presage.retrain.evaluation.CalibrationDecile;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Figure;
import dev.presage.retrain.evaluation.Interval;
import dev.presage.retrain.evaluation.LikelihoodFigure;
import dev.presage.retrain.evaluation.ValueFigure;
import dev.presage.retrain.live.LiveQuality;
import dev.presage.retrain.live.SnapshotQuality;
import dev.presage.retrain.mlflow.ExportState;
import dev.presage.retrain.runs.RunEnd;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.runs.TrainingReport;
import dev.presage.retrain.runs.TraitStatus;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.retrain.schedule.Watched;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.traits.TraitValues;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What goes out over HTTP as JSON. A figure that is not defined is null. */
final class Views {
  private Views() {}

  /** A trait. */
  @Serdeable
  record TraitView(
      String trait,
      String state,
      String reason,
      @Nullable String liveVersion,
      @Nullable RunView lastRun,
      Map<String, Object> definition) {
    static TraitView of(TraitDefinition definition, TraitStatus status) {
      RunStatus run = status.lastRun();
      return new TraitView(
          status.trait(),
          status.state().name(),
          status.reason(),
          status.liveVersion(),
          run == null ? null : RunView.of(run),
          TraitValues.of(definition));
    }
  }

  /** A run. */
  @Serdeable
  record RunView(
      String id,
      String trait,
      String occasion,
      String occasionReason,
      String state,
      String step,
      double progress,
      @Nullable Long remainingSeconds,
      @Nullable String reason,
      @Nullable String modelVersion,
      @Nullable String gain,
      @Nullable ReportView evaluation,
      String queuedAt,
      @Nullable String startedAt,
      @Nullable String endedAt,
      @Nullable ExportView mlflow) {
    static RunView of(RunStatus run) {
      return of(run, Optional.empty());
    }

    static RunView of(RunStatus run, Optional<ExportState> mlflow) {
      Instant startedAt = run.startedAt();
      RunEnd end = run.end();
      TrainingReport report = run.report();
      Instant endedAt = run.endedAt();
      return new RunView(
          run.id(),
          run.trait(),
          run.occasion().kind().name(),
          run.occasion().reason(),
          run.state().name(),
          run.step(),
          run.progress(),
          run.remaining(Instant.now()).map(Duration::toSeconds).orElse(null),
          run.reason(),
          run.modelVersion(),
          end == null ? null : end.gain().name(),
          report == null ? null : ReportView.of(report),
          run.queuedAt().toString(),
          startedAt == null ? null : startedAt.toString(),
          endedAt == null ? null : endedAt.toString(),
          mlflow.map(ExportView::of).orElse(null));
    }
  }

  /** The copy of a run on an MLflow server. */
  @Serdeable
  record ExportView(
      String state, @Nullable String reason, @Nullable String run, @Nullable String page) {
    static ExportView of(ExportState state) {
      return new ExportView(
          state.outcome().name(),
          state.reason(),
          state.mlflowRun(),
          state.page() == null ? null : state.page().toString());
    }
  }

  /**
   * When a trait is trained again.
   *
   * @param due why it is trained now; null while it is not
   * @param nextAt when it is at the latest; null before its first run, and where nothing is trained
   *     without being asked
   */
  @Serdeable
  record ScheduleView(
      boolean enabled,
      String cadence,
      String leastCadence,
      String mostCadence,
      @Nullable String trainedAt,
      @Nullable String nextAt,
      @Nullable String due,
      long historyLength,
      @Nullable DriftView drift,
      @Nullable ServedLossView quality) {
    static ScheduleView of(boolean enabled, Watched watched, Optional<Occasion> due) {
      Instant trainedAt = watched.trainedAt();
      Watched.Live live = watched.live();
      return new ScheduleView(
          enabled,
          watched.cadence().current().toString(),
          watched.cadence().least().toString(),
          watched.cadence().most().toString(),
          trainedAt == null ? null : trainedAt.toString(),
          trainedAt == null || !enabled
              ? null
              : trainedAt.plus(watched.cadence().current()).toString(),
          due.filter(it -> enabled).map(Occasion::reason).orElse(null),
          live == null ? 0 : live.length(),
          live == null || live.drift() == null ? null : DriftView.of(live.drift()),
          live == null || live.quality() == null ? null : ServedLossView.of(live.quality()));
    }
  }

  /** Population stability indexes of the live model, against its training. */
  @Serdeable
  record DriftView(long examples, double scores, Map<String, Double> features) {
    static DriftView of(Watched.Drift drift) {
      return new DriftView(drift.examples(), drift.scores(), new TreeMap<>(drift.features()));
    }
  }

  /** Loss of the live model in service, and the most that it was on held-out rows. */
  @Serdeable
  record ServedLossView(long labelled, double inService, double heldOutHigh) {
    static ServedLossView of(Watched.Quality quality) {
      return new ServedLossView(quality.labelled(), quality.inService(), quality.heldOutHigh());
    }
  }

  /** What a run found out, on {@code rows} held-out rows; times are as-of times of rows. */
  @Serdeable
  record ReportView(
      long rows,
      long positives,
      long events,
      long profiles,
      String trainedUntil,
      long trainingRows,
      long trainingPositives,
      String evaluatedFrom,
      String evaluatedUntil,
      EvaluationView model,
      BaselineView baseline,
      EvaluationView calendarModel,
      @Nullable String incumbentVersion,
      @Nullable EvaluationView incumbent,
      Map<String, EvaluationView> populations,
      Map<String, String> parameters,
      LearnedView learned) {
    static ReportView of(TrainingReport report) {
      Evaluation incumbent = report.judged().incumbent();
      Map<String, EvaluationView> populations = new TreeMap<>();
      report
          .judged()
          .populations()
          .forEach(
              (name, evaluation) -> populations.put(name.key(), EvaluationView.of(evaluation)));
      return new ReportView(
          report.model().rows(),
          report.model().positives(),
          report.history().events(),
          report.history().profiles(),
          time(report.split().trainUntil()),
          report.trainingRows(),
          report.trainingPositives(),
          time(report.split().evaluationFrom()),
          time(report.split().evaluationUntil()),
          EvaluationView.of(report.model()),
          BaselineView.of(report.baselineFeature(), report.baseline()),
          EvaluationView.of(report.calendarModel()),
          report.judged().incumbentVersion(),
          incumbent == null ? null : EvaluationView.of(incumbent),
          populations,
          new TreeMap<>(report.learned().parameters()),
          LearnedView.of(report));
    }

    private static String time(long millis) {
      return Instant.ofEpochMilli(millis).toString();
    }
  }

  /** What was learned, and what was considered on the way. */
  @Serdeable
  record LearnedView(
      String candidate,
      List<CandidateView> candidates,
      Map<String, String> droppedFeatures,
      String calibration,
      Map<String, EvaluationView> constantBaselines) {
    static LearnedView of(TrainingReport report) {
      Map<String, String> dropped = new TreeMap<>();
      report.learned().dropped().forEach(it -> dropped.put(it.name(), it.reason()));
      Map<String, EvaluationView> constants = new TreeMap<>();
      report
          .constantBaselines()
          .forEach((name, evaluation) -> constants.put(name, EvaluationView.of(evaluation)));
      return new LearnedView(
          report.learned().candidate(),
          report.learned().candidates().stream().map(CandidateView::of).toList(),
          dropped,
          report.learned().calibration(),
          constants);
    }
  }

  /** How a kind of model did on the rows that choose. */
  @Serdeable
  record CandidateView(
      String candidate,
      boolean chosen,
      @Nullable Double loss,
      @Nullable String declined,
      Map<String, String> parameters) {
    static CandidateView of(CandidateResult result) {
      return new CandidateView(
          result.name(),
          result.isChosen(),
          defined(result.loss()),
          result.declined(),
          new TreeMap<>(result.parameters()));
    }
  }

  /**
   * Figures of likelihoods, or of amounts, those of the others are null; {@code intervals} by the
   * names of the figures, those that are known.
   */
  @Serdeable
  record EvaluationView(
      long rows,
      long positives,
      @Nullable Double auc,
      @Nullable Double prAuc,
      @Nullable Double logLoss,
      @Nullable Double normalisedCrossEntropy,
      @Nullable Double brier,
      @Nullable Double calibrationSlope,
      @Nullable Double calibrationIntercept,
      @Nullable Double liftTop1,
      @Nullable Double liftTop5,
      @Nullable Double liftTop10,
      @Nullable Double liftTop20,
      @Nullable Double mae,
      @Nullable Double rmse,
      @Nullable Double normalisedGini,
      @Nullable Double spearman,
      @Nullable Double sumRatio,
      @Nullable Double deviance,
      Map<String, IntervalView> intervals,
      List<DecileView> calibration) {
    static EvaluationView of(Evaluation evaluation) {
      Map<String, IntervalView> intervals = new TreeMap<>();
      for (Figure figure : evaluation.figures()) {
        evaluation
            .interval(figure)
            .ifPresent(it -> intervals.put(figure.key(), IntervalView.of(it)));
      }
      return new EvaluationView(
          evaluation.rows(),
          evaluation.positives(),
          defined(evaluation.auc()),
          defined(evaluation.prAuc()),
          defined(evaluation.logLoss()),
          defined(evaluation.value(LikelihoodFigure.NORMALISED_CROSS_ENTROPY)),
          defined(evaluation.brier()),
          defined(evaluation.value(LikelihoodFigure.CALIBRATION_SLOPE)),
          defined(evaluation.value(LikelihoodFigure.CALIBRATION_INTERCEPT)),
          defined(evaluation.value(LikelihoodFigure.LIFT_TOP_1)),
          defined(evaluation.value(LikelihoodFigure.LIFT_TOP_5)),
          defined(evaluation.value(LikelihoodFigure.LIFT_TOP_10)),
          defined(evaluation.value(LikelihoodFigure.LIFT_TOP_20)),
          defined(evaluation.value(ValueFigure.MAE)),
          defined(evaluation.value(ValueFigure.RMSE)),
          defined(evaluation.value(ValueFigure.NORMALISED_GINI)),
          defined(evaluation.value(ValueFigure.SPEARMAN)),
          defined(evaluation.value(ValueFigure.SUM_RATIO)),
          defined(evaluation.value(ValueFigure.DEVIANCE)),
          intervals,
          evaluation.calibration().stream().map(DecileView::of).toList());
    }
  }

  /** Where a figure lies, with a confidence of 95%. */
  @Serdeable
  record IntervalView(double low, double high) {
    static IntervalView of(Interval interval) {
      return new IntervalView(interval.low(), interval.high());
    }
  }

  /** Figures of a baseline. */
  @Serdeable
  record BaselineView(
      String feature,
      @Nullable Double auc,
      @Nullable Double prAuc,
      @Nullable Double logLoss,
      @Nullable Double brier,
      @Nullable Double mae,
      @Nullable Double rmse,
      @Nullable Double normalisedGini,
      @Nullable Double spearman,
      @Nullable Double sumRatio,
      @Nullable Double deviance,
      List<DecileView> calibration) {
    static BaselineView of(String feature, Evaluation evaluation) {
      EvaluationView figures = EvaluationView.of(evaluation);
      return new BaselineView(
          feature,
          figures.auc(),
          figures.prAuc(),
          figures.logLoss(),
          figures.brier(),
          figures.mae(),
          figures.rmse(),
          figures.normalisedGini(),
          figures.spearman(),
          figures.sumRatio(),
          figures.deviance(),
          figures.calibration());
    }
  }

  /** One tenth of the rows by score. */
  @Serdeable
  record DecileView(
      int decile, long rows, double meanScore, double rate, @Nullable IntervalView interval) {
    static DecileView of(CalibrationDecile decile) {
      Interval interval = decile.interval();
      return new DecileView(
          decile.decile(),
          decile.rows(),
          decile.meanScore(),
          decile.rate(),
          interval == null ? null : IntervalView.of(interval));
    }
  }

  /** What served scores were worth. */
  @Serdeable
  record LiveQualityView(
      String trait,
      long rows,
      long openRows,
      long positives,
      EvaluationView model,
      BaselineView baseline) {
    static LiveQualityView of(LiveQuality quality) {
      return new LiveQualityView(
          quality.trait(),
          quality.model().rows(),
          quality.openRows(),
          quality.model().positives(),
          EvaluationView.of(quality.model()),
          BaselineView.of(quality.baselineFeature(), quality.baseline()));
    }
  }

  /** What published values were worth at weekly snapshots. */
  @Serdeable
  record SnapshotQualityView(
      String trait,
      long snapshots,
      long rows,
      long positives,
      long withoutValue,
      @Nullable Double auc,
      @Nullable Double recencyAuc,
      String bestFeature,
      @Nullable Double bestFeatureAuc,
      @Nullable Double withoutSilenceAuc) {
    static SnapshotQualityView of(SnapshotQuality quality) {
      return new SnapshotQualityView(
          quality.trait(),
          quality.snapshots(),
          quality.rows(),
          quality.positives(),
          quality.withoutValue(),
          defined(quality.auc()),
          defined(quality.recencyAuc()),
          quality.bestFeature(),
          defined(quality.bestFeatureAuc()),
          defined(quality.withoutSilenceAuc()));
    }
  }

  /** Why a request was not answered. */
  @Serdeable
  record Problem(@Nullable String message, @Nullable List<String> knownTraits) {
    static Problem unknownTrait(String trait, List<String> known) {
      return new Problem(
          "There is no trait %s; there are %s"
              .formatted(trait, known.isEmpty() ? "none yet" : String.join(", ", known)),
          known);
    }
  }

  private static @Nullable Double defined(double figure) {
    return Double.isNaN(figure) ? null : figure;
  }
}
