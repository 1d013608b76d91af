package dev.presage.retrain.runs;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.artefact.ArtefactAssembly;
import dev.presage.retrain.artefact.Draft;
import dev.presage.retrain.baseline.BaselineFit;
import dev.presage.retrain.baseline.SingleFeature;
import dev.presage.retrain.calibration.CalibrationChoice;
import dev.presage.retrain.candidates.CandidateChoice;
import dev.presage.retrain.candidates.LearningRows;
import dev.presage.retrain.candidates.TrainedModel;
import dev.presage.retrain.gate.GateDecision;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.RowCollector;
import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.selection.FeatureSelection;
import dev.presage.retrain.selection.UsedFeatures;
import dev.presage.retrain.split.HistoryStart;
import dev.presage.retrain.split.TimeSplit;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One training run from beginning to end: history, rows, split, features, baseline, candidates,
 * model, calibration, evaluation, gate, artefact. The model that is judged is the one that is
 * published, bit for bit; one that does not pass the gate is published, too, to be looked at and
 * not to score.
 */
public final class Training {
  /** Parameter of the lineage: time of the newest event of the history. */
  public static final String HISTORY_UNTIL = "history.until";

  // Shares of the whole run, as they come out on a history of some 20,000 events.
  private static final double READ = 0.4;
  private static final double CHOSEN = 0.8;
  private static final double TRAINED = 0.95;

  private static final String FORBIDDEN =
      "looks at the property that is to be learned, or at what decides who can be trusted";

  private final FeatureEngine engine;
  private final History history;
  private final Models models;
  private final RowPlan plan;
  private final GatePolicy gate;
  private final TrainingPlan training;
  private final RowHandling handling;
  private final InstantSource clock;
  private final String codeVersion;

  /**
   * Prepares for runs.
   *
   * @param codeVersion version of this code, for the lineage
   */
  public Training(
      FeatureEngine engine,
      History history,
      Models models,
      RowPlan plan,
      InstantSource clock,
      String codeVersion) {
    this(
        engine,
        history,
        models,
        plan,
        TrainingPlan.standard(),
        GatePolicy.AT_ONCE,
        clock,
        codeVersion);
  }

  /**
   * Prepares for runs.
   *
   * @param training what a run may cost
   * @param gate what a model that is good enough has to wait for
   * @param codeVersion version of this code, for the lineage
   */
  public Training(
      FeatureEngine engine,
      History history,
      Models models,
      RowPlan plan,
      TrainingPlan training,
      GatePolicy gate,
      InstantSource clock,
      String codeVersion) {
    this(engine, history, models, plan, training, gate, RowHandling.NONE, clock, codeVersion);
  }

  /**
   * Prepares for runs.
   *
   * @param training what a run may cost
   * @param gate what a model that is good enough has to wait for
   * @param handling what else is done with rows
   * @param codeVersion version of this code, for the lineage
   */
  public Training(
      FeatureEngine engine,
      History history,
      Models models,
      RowPlan plan,
      TrainingPlan training,
      GatePolicy gate,
      RowHandling handling,
      InstantSource clock,
      String codeVersion) {
    this.handling = handling;
    this.training = training;
    this.engine = engine;
    this.history = history;
    this.models = models;
    this.plan = plan;
    this.gate = gate;
    this.clock = clock;
    this.codeVersion = codeVersion;
  }

  /**
   * Trains a trait, and publishes the model as the gate decides.
   *
   * @throws dev.presage.retrain.traits.InvalidTraitException when the definition cannot be trained
   * @throws dev.presage.retrain.history.HistoryException when the history cannot be read
   * @throws ParityException when its rows are not what was served
   * @throws Models.PublishingException when the model cannot be published
   */
  public TrainingOutcome run(TraitDefinition definition, RunProgress told) {
    RunProgress progress = new Deadline(clock, training.longest()).on(told);
    Trait trait = Trait.compile(definition, engine);
    Prediction prediction = Prediction.of(trait);
    TrainingRows collected = collect(trait, progress);
    Rows rows = collected.rows();
    TimeSplit split =
        prediction.split(start(collected), collected.newestEventMillis(), trait.horizonMillis());
    Parts parts = prediction.parts(rows, split);
    List<String> missing = prediction.missing(trait, collected, parts);
    if (!missing.isEmpty()) {
      return new TrainingOutcome.InsufficientData(String.join("; ", missing));
    }
    FeatureSelection selection =
        FeatureSelection.of(
                prediction.scale(),
                engine.schema().names(),
                parts.train(),
                parts.fit(),
                parts.stopping(),
                training.leakAuc())
            .without(engine.schema().names(), trait.forbidden(engine.reads()), FORBIDDEN);
    Optional<SingleFeature> baseline =
        BaselineFit.fit(
            prediction.scale(), engine.schema().names(), selection.kept(), parts.train());
    if (baseline.isEmpty()) {
      return new TrainingOutcome.InsufficientData(
          "no feature tells the rows apart: "
              + selection.dropped().stream()
                  .map(it -> it.name() + " " + it.reason())
                  .collect(Collectors.joining("; ")));
    }
    return train(trait, prediction, collected, split, parts, selection, baseline.get(), progress);
  }

  /** By rows at event moments: calendar rows of a stray reach from it to the end. */
  static long start(TrainingRows collected) {
    Rows rows = collected.rows();
    long[] moments =
        IntStream.range(0, rows.size())
            .filter(row -> rows.kind(row) == RowKind.MOMENT)
            .mapToLong(rows::asOf)
            .toArray();
    return moments.length == 0 ? collected.newestEventMillis() : HistoryStart.of(moments);
  }

  private TrainingRows collect(Trait trait, RunProgress progress) {
    progress.report(RunState.READING, "what was served", 0);
    RowCollector collector = new RowCollector(engine, trait, plan, handling.parity().begin(engine));
    history.replay(
        new HistoryVisitor() {
          @Override
          public void record(String profileId, ProfileLogRecord entry) {
            collector.apply(profileId, entry);
          }

          @Override
          public void endPartition() {
            collector.endPartition();
          }

          @Override
          public void progress(long read, long all) {
            progress.report(
                RunState.READING,
                "%,d of %,d records".formatted(read, all),
                all == 0 ? READ : READ * read / all);
          }
        });
    TrainingRows collected = collector.finish();
    handling.parity().judge(trait.name(), collected.parity());
    return collected;
  }

  private TrainingOutcome train(
      Trait trait,
      Prediction prediction,
      TrainingRows collected,
      TimeSplit split,
      Parts parts,
      FeatureSelection selection,
      SingleFeature baseline,
      RunProgress progress) {
    UsedFeatures features = new UsedFeatures(engine.schema().names(), selection.kept());
    Rows train = parts.train().withFewerNegatives(training.mostNegatives());
    CandidateChoice choice =
        CandidateChoice.among(
            prediction.objective(),
            prediction.candidates(training),
            new LearningRows(
                features,
                parts.fit().withFewerNegatives(training.mostNegatives()),
                parts.later(),
                parts.choosing()),
            (done, step) ->
                progress.report(RunState.TRAINING, step, READ + (CHOSEN - READ) * done));
    Map<String, String> parameters = parameters(choice, collected, parts.train(), train);
    keepRows(trait, collected, parts, train, parameters);
    CalibrationChoice calibration = prediction.calibration(choice, parts);
    try (TrainedModel model =
        choice
            .proposal()
            .recipe()
            .train(
                train,
                (done, step) ->
                    progress.report(RunState.TRAINING, step, CHOSEN + (TRAINED - CHOSEN) * done))) {
      progress.report(
          RunState.EVALUATING, "%,d held-out rows".formatted(parts.evaluation().size()), TRAINED);
      Learned learned =
          new Learned(
              choice.name(),
              parameters,
              choice.results(),
              selection.dropped(),
              calibration.reason());
      Draft draft =
          new ArtefactAssembly(engine.schema())
              .draft(
                  trait.name(),
                  model,
                  calibration.curve(),
                  collected.rows(),
                  lineage(trait, split, train, learned),
                  collected.newestEventMillis());
      Judged judged =
          Judged.of(
              prediction,
              parts.evaluation(),
              trait.horizonMillis(),
              draft.predict(parts.evaluation()),
              baseline.predict(parts.evaluation()),
              models.live(trait.name()));
      TrainingReport report =
          new TrainingReport(
              prediction.kind(),
              collected,
              split,
              train.size(),
              train.positives(),
              learned,
              judged.model(),
              baseline.name(),
              judged.baseline(),
              prediction.evaluate(
                  draft.predict(parts.calendarEvaluation()), parts.calendarEvaluation()),
              prediction.constantBaselines(parts),
              judged,
              Portrait.NONE);
      GateDecision decision = judged.decide(baseline.name(), gate);
      ModelArtefact artefact =
          draft.live(
              baseline,
              parts.train(),
              parts.evaluation(),
              ReportMetrics.of(report),
              prediction.isServedWhereItIsLearned());
      Staging.publish(artefact, decision, models);
      TrainingReport whole =
          report.with(Portrait.of(artefact, draft::predict, collected.rows(), parts));
      return decision.passed()
          ? new TrainingOutcome.Published(artefact.getVersion(), decision, whole)
          : new TrainingOutcome.Held(artefact.getVersion(), decision, whole);
    }
  }

  private void keepRows(
      Trait trait,
      TrainingRows collected,
      Parts parts,
      Rows train,
      Map<String, String> parameters) {
    Map<String, String> lineage = new TreeMap<>();
    lineage.put("historyFrom", Instant.ofEpochMilli(collected.oldestEventMillis()).toString());
    lineage.put("historyUntil", Instant.ofEpochMilli(collected.newestEventMillis()).toString());
    lineage.put("horizonMillis", Long.toString(trait.horizonMillis()));
    lineage.put("fingerprint", engine.schema().fingerprint());
    lineage.put("codeVersion", codeVersion);
    for (String key : List.of("sample.rows", "sample.negatives", "parity")) {
      lineage.put(key, parameters.getOrDefault(key, ""));
    }
    handling
        .store()
        .keep(
            new TrainedRows(
                trait.name(),
                clock.instant(),
                engine.schema().names(),
                collected.rows(),
                TrainedRows.parts(collected.rows(), parts),
                collected.rows().weightsIn(train),
                lineage))
        .ifPresent(it -> parameters.put("rows.file", it));
  }

  private Map<String, String> parameters(
      CandidateChoice choice, TrainingRows collected, Rows all, Rows train) {
    Map<String, String> parameters = new TreeMap<>(choice.proposal().parameters());
    parameters.put("candidate", choice.name());
    parameters.put(HISTORY_UNTIL, Instant.ofEpochMilli(collected.newestEventMillis()).toString());
    parameters.put("parity", handling.parity().words(collected.parity()));
    parameters.put(
        "sample.rows",
        "at most %d of %d at event moments and of %d at calendar cut times, by their keys"
            .formatted(plan.mostRows(), collected.momentRows(), collected.calendarRows()));
    parameters.put(
        "sample.negatives",
        "%d of %d, by their keys, weighted".formatted(train.negatives(), all.negatives()));
    return parameters;
  }

  private Lineage lineage(Trait trait, TimeSplit split, Rows train, Learned learned) {
    Map<String, String> parameters = new TreeMap<>(learned.parameters());
    parameters.put("calibration", learned.calibration());
    learned.dropped().forEach(it -> parameters.put("dropped." + it.name(), it.reason()));
    return Lineage.newBuilder()
        .setCreatedAt(clock.instant())
        .setTrainedFrom(Instant.ofEpochMilli(train.asOf(0)))
        .setTrainedUntil(Instant.ofEpochMilli(split.trainUntil() + trait.horizonMillis()))
        .setRows(train.size())
        .setPositives(train.positives())
        .setCodeVersion(codeVersion)
        .setParameters(parameters)
        .setParent(models.liveVersion(trait.name()).orElse(null))
        .build();
  }
}
