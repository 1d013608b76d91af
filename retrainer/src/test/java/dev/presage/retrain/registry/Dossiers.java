package dev.presage.retrain.registry;

import dev.presage.schemas.avro.Calibration;
import dev.presage.schemas.avro.CalibrationInput;
import dev.presage.schemas.avro.CalibrationMethod;
import dev.presage.schemas.avro.ChallengerMeasurement;
import dev.presage.schemas.avro.FeatureImportance;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.OutcomeQuality;
import dev.presage.schemas.avro.PopulationStability;
import dev.presage.schemas.avro.VersionQuality;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions to compare and to show. */
public final class Dossiers {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Dossiers() {}

  /** The first version of a trait, which does not score any more. */
  public static Dossier first(String trait) {
    return dossier(
        model(
            trait,
            "v1",
            ModelStage.RETIRED,
            Map.of("auc", 0.8, "auc.low", 0.78, "auc.high", 0.82, "logLoss", 0.5, "rows", 1_000.0),
            Map.of("max_depth", "4", "eta", "0.1", "dropped.constant_one", "is constant"),
            null,
            List.of(used("orders_30d", 0.5), used("visits_7d", 0.2)),
            null),
        false);
  }

  /** The second one, trained while the first was live. */
  public static Dossier second(String trait) {
    return dossier(
        model(
            trait,
            "v2",
            ModelStage.LIVE,
            Map.of(
                "auc", 0.81,
                "auc.low", 0.79,
                "auc.high", 0.83,
                "logLoss", 0.48,
                "baseline.auc", 0.7,
                "population.never.auc", 0.66,
                "incumbent.auc", 0.79,
                "incumbent.logLoss", 0.5),
            Map.of("max_depth", "6", "eta", "0.1", "dropped.visits_7d", "is as orders_30d"),
            "v1",
            List.of(used("revenue_30d", 0.6), used("orders_30d", 0.4)),
            Calibration.newBuilder()
                .setMethod(CalibrationMethod.PLATT)
                .setInput(CalibrationInput.MARGIN)
                .setIntercept(0.1)
                .setSlope(0.9)
                .build()),
        true);
  }

  /** A dossier with figures of its service. */
  public static Dossier dossier(RegisteredModel model, boolean scores) {
    return new Dossier(
        model,
        scores,
        List.of(
            ModelStatus.newBuilder()
                .setTrait(model.trait())
                .setInstance("streams-1")
                .setVersion("v2")
                .setOutcome(ModelOutcome.LIVE)
                .setLiveVersion("v2")
                .setDecidedAt(START)
                .build()),
        scores ? Optional.of(quality(model.version(), 0, 0.75)) : Optional.empty(),
        scores ? List.of() : List.of(new Challenge("streams-1", challenge(model.version()))),
        scores ? Optional.of("run 2") : Optional.empty());
  }

  /** A version. */
  public static RegisteredModel model(
      String trait,
      String version,
      ModelStage stage,
      Map<String, Double> metrics,
      Map<String, String> parameters,
      @Nullable String parent,
      List<FeatureImportance> importance,
      @Nullable Calibration calibration) {
    return new RegisteredModel(
        trait,
        version,
        stage,
        0.05,
        ModelKind.XGBOOST_UBJSON,
        32_255,
        "00ff",
        "f1",
        40,
        metrics,
        Lineage.newBuilder()
            .setCreatedAt(START)
            .setTrainedFrom(START.minus(Duration.ofDays(200)))
            .setTrainedUntil(START.minus(Duration.ofDays(30)))
            .setRows(12_345)
            .setPositives(678)
            .setParameters(parameters)
            .setParent(parent)
            .build(),
        "gate",
        importance,
        calibration,
        null,
        null);
  }

  /** What a version was worth, measured some hours after the start. */
  public static ServiceQuality quality(String version, int hours, double auc) {
    OutcomeQuality outcomes =
        OutcomeQuality.newBuilder()
            .setLabelled(7_900)
            .setMeanScore(0.27)
            .setMeanLabel(0.25)
            .setAuc(auc)
            .setLogLoss(0.49)
            .build();
    return new ServiceQuality(
        START.plus(Duration.ofHours(hours)),
        VersionQuality.newBuilder()
            .setVersion(version)
            .setNewestAsOf(START)
            .setExamples(4_210)
            .setOverall(outcomes)
            .setAtEvents(outcomes)
            .setStability(
                PopulationStability.newBuilder()
                    .setExamples(2_700)
                    .setScores(0.03)
                    .setFeatures(Map.of("orders_30d", 0.12, "visits_7d", 0.01))
                    .build())
            .build());
  }

  private static ChallengerMeasurement challenge(String version) {
    return ChallengerMeasurement.newBuilder()
        .setVersion(version)
        .setLiveVersion("v2")
        .setPairs(52_301)
        .setMeanAbsoluteDifference(0.021)
        .setSampledPairs(10_000)
        .setChangedBands(0.08)
        .setRankCorrelation(0.97)
        .build();
  }

  private static FeatureImportance used(String feature, double contribution) {
    return new FeatureImportance(feature, 1.0, 1.0, contribution);
  }
}
