package dev.presage.retrain.app;

import dev.presage.retrain.registry.Challenge;
import dev.presage.retrain.registry.Dossier;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.retrain.registry.ServiceQuality;
import dev.presage.schemas.avro.ChallengerMeasurement;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.OutcomeQuality;
import dev.presage.schemas.avro.PopulationStability;
import dev.presage.schemas.avro.VersionQuality;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What goes out over HTTP of models. */
final class ModelViews {
  private ModelViews() {}

  /**
   * A version, with what each instance decided last on any version of its trait, and what it was
   * worth while it served; null where nobody measured that.
   */
  @Serdeable
  record ModelView(
      String trait,
      String version,
      String stage,
      double canaryShare,
      boolean scores,
      String kind,
      int payloadBytes,
      String checksum,
      String featureSchema,
      int goldenRows,
      Map<String, Double> metrics,
      LineageView lineage,
      @Nullable String approvedBy,
      List<InstanceView> instances,
      @Nullable QualityView quality,
      List<ChallengeView> challenges,
      @Nullable String run) {
    static ModelView of(Dossier dossier) {
      RegisteredModel model = dossier.model();
      return new ModelView(
          model.trait(),
          model.version(),
          model.stage().name(),
          model.canaryShare(),
          dossier.scores(),
          model.kind().name(),
          model.payloadBytes(),
          model.checksum(),
          model.fingerprint(),
          model.goldenRows(),
          new TreeMap<>(model.metrics()),
          LineageView.of(model.lineage()),
          model.approvedBy(),
          dossier.instances().stream().map(InstanceView::of).toList(),
          dossier.quality().map(QualityView::of).orElse(null),
          dossier.challenges().stream().map(ChallengeView::of).toList(),
          dossier.run().orElse(null));
    }
  }

  /** What a version was worth while it served, by training examples. */
  @Serdeable
  record QualityView(
      String measuredAt,
      String newestAsOf,
      long examples,
      OutcomesView overall,
      OutcomesView atEvents,
      @Nullable Double scoreStability,
      Map<String, Double> featureStability) {
    static QualityView of(ServiceQuality quality) {
      VersionQuality figures = quality.figures();
      PopulationStability stability = figures.getStability();
      return new QualityView(
          quality.measuredAt().toString(),
          figures.getNewestAsOf().toString(),
          figures.getExamples(),
          OutcomesView.of(figures.getOverall()),
          OutcomesView.of(figures.getAtEvents()),
          stability == null ? null : stability.getScores(),
          stability == null ? Map.of() : new TreeMap<>(stability.getFeatures()));
    }
  }

  /** Scores beside what really happened. */
  @Serdeable
  record OutcomesView(
      long labelled,
      @Nullable Double meanScore,
      @Nullable Double meanLabel,
      @Nullable Double logLoss,
      @Nullable Double auc,
      @Nullable Double meanAbsoluteError,
      @Nullable Double rootMeanSquaredError) {
    static OutcomesView of(OutcomeQuality quality) {
      return new OutcomesView(
          quality.getLabelled(),
          quality.getMeanScore(),
          quality.getMeanLabel(),
          quality.getLogLoss(),
          quality.getAuc(),
          quality.getMeanAbsoluteError(),
          quality.getRootMeanSquaredError());
    }
  }

  /** A shadow or canary beside the live model, on one instance. */
  @Serdeable
  record ChallengeView(
      String instance,
      String liveVersion,
      long pairs,
      double meanAbsoluteDifference,
      long sampledPairs,
      double changedBands,
      @Nullable Double rankCorrelation) {
    static ChallengeView of(Challenge challenge) {
      ChallengerMeasurement figures = challenge.figures();
      return new ChallengeView(
          challenge.instance(),
          figures.getLiveVersion(),
          figures.getPairs(),
          figures.getMeanAbsoluteDifference(),
          figures.getSampledPairs(),
          figures.getChangedBands(),
          figures.getRankCorrelation());
    }
  }

  /** Where a version comes from. */
  @Serdeable
  record LineageView(
      String createdAt,
      String trainedFrom,
      String trainedUntil,
      long rows,
      long positives,
      String codeVersion,
      Map<String, String> parameters,
      @Nullable String parent) {
    static LineageView of(Lineage lineage) {
      return new LineageView(
          lineage.getCreatedAt().toString(),
          lineage.getTrainedFrom().toString(),
          lineage.getTrainedUntil().toString(),
          lineage.getRows(),
          lineage.getPositives(),
          lineage.getCodeVersion(),
          new TreeMap<>(lineage.getParameters()),
          lineage.getParent());
    }
  }

  /** What an instance decided last. */
  @Serdeable
  record InstanceView(
      String instance,
      String version,
      String outcome,
      @Nullable String code,
      @Nullable String reason,
      @Nullable String liveVersion,
      String decidedAt) {
    static InstanceView of(ModelStatus status) {
      return new InstanceView(
          status.getInstance(),
          status.getVersion(),
          status.getOutcome().name(),
          status.getCode(),
          status.getReason(),
          status.getLiveVersion(),
          status.getDecidedAt().toString());
    }
  }

  /** To which stage a version is to move, and who says so. */
  @Serdeable
  record Move(String stage, @Nullable Double canaryShare, String approvedBy) {}

  /** Who takes back the live version. */
  @Serdeable
  record Rollback(String approvedBy) {}
}
