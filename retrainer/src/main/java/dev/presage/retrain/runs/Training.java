package dev.presage.retrain.runs;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.artefact.ArtefactAssembly;
import dev.presage.retrain.baseline.BaselineFit;
import dev.presage.retrain.baseline.SingleFeature;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.gate.Gate;
import dev.presage.retrain.gate.GateDecision;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.RowCollector;
import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.split.HistoryStart;
import dev.presage.retrain.split.TimeSplit;
import dev.presage.retrain.training.BoostedTrees;
import dev.presage.retrain.training.TreeChoice;
import dev.presage.retrain.training.TreeParameters;
import dev.presage.retrain.training.TreeTrainer;
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
 * One training run from beginning to end: history, rows, split, baseline, model, evaluation, gate,
 * artefact. The model that is judged is the one that is published, bit for bit.
 */
public final class Training {
  // Shares of the whole run, as they come out on a history of some 20,000 events.
  private static final double READ = 0.4;
  private static final double CHOSEN = 0.8;
  private static final double TRAINED = 0.95;

  private final FeatureEngine engine;
  private final History history;
  private final Models models;
  private final RowPlan plan;
  private final TreeTrainer trainer = new TreeTrainer(TreeParameters.CANDIDATES);
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
    this.engine = engine;
    this.history = history;
    this.models = models;
    this.plan = plan;
    this.clock = clock;
    this.codeVersion = codeVersion;
  }

  /**
   * Trains a trait, and publishes the model if it passes the gate.
   *
   * @throws dev.presage.retrain.traits.InvalidTraitException when the definition cannot be trained
   * @throws dev.presage.retrain.history.HistoryException when the history cannot be read
   * @throws Models.PublishingException when the model cannot be published
   */
  public TrainingOutcome run(TraitDefinition definition, RunProgress progress) {
    Trait trait = Trait.compile(definition, engine);
    trait.requireTrainable();
    TrainingRows collected = collect(trait, progress);
    Rows rows = collected.rows();
    TimeSplit split =
        TimeSplit.of(start(collected), collected.newestEventMillis(), trait.horizonMillis());
    Parts parts = Parts.of(rows, split);
    List<String> missing = DataNeeds.missing(collected, trait.horizonMillis(), parts);
    if (!missing.isEmpty()) {
      return new TrainingOutcome.InsufficientData(String.join("; ", missing));
    }
    Optional<SingleFeature> baseline = BaselineFit.fit(engine.schema().names(), parts.train());
    if (baseline.isEmpty()) {
      return new TrainingOutcome.InsufficientData(
          "no feature tells the rows apart: each of %d has one value in all %d training rows"
              .formatted(engine.schema().names().size(), parts.train().size()));
    }
    return train(trait, collected, split, parts, baseline.get(), progress);
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
    RowCollector collector = new RowCollector(engine, trait, plan);
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
    return collector.finish();
  }

  private TrainingOutcome train(
      Trait trait,
      TrainingRows collected,
      TimeSplit split,
      Parts parts,
      SingleFeature baseline,
      RunProgress progress) {
    TreeChoice choice =
        trainer.choose(
            parts.fit(),
            parts.stopping(),
            (done, step) ->
                progress.report(RunState.TRAINING, step, READ + (CHOSEN - READ) * done));
    try (BoostedTrees trees =
        trainer.train(
            parts.train(),
            choice,
            (done, step) ->
                progress.report(RunState.TRAINING, step, CHOSEN + (TRAINED - CHOSEN) * done))) {
      progress.report(
          RunState.EVALUATING, "%,d held-out rows".formatted(parts.evaluation().size()), TRAINED);
      TrainingReport report =
          new TrainingReport(
              collected,
              split,
              parts.train().size(),
              parts.train().positives(),
              choice,
              evaluate(trees, parts.evaluation()),
              baseline.name(),
              Evaluation.of(baseline.predict(parts.evaluation()), parts.evaluation().outcomes()),
              evaluate(trees, parts.calendarEvaluation()));
      GateDecision decision = Gate.decide(report.model(), report.baseline(), baseline.name());
      if (!decision.passed()) {
        return new TrainingOutcome.Held(decision, report);
      }
      ModelArtefact artefact =
          new ArtefactAssembly(engine.schema())
              .live(
                  trait.name(),
                  trees,
                  baseline,
                  parts.train(),
                  collected.rows(),
                  parts.evaluation(),
                  ReportMetrics.of(report),
                  lineage(trait, parts, choice, report),
                  collected.newestEventMillis());
      models.publish(artefact);
      return new TrainingOutcome.Published(artefact.getVersion(), decision, report);
    }
  }

  private static Evaluation evaluate(BoostedTrees trees, Rows rows) {
    double[] scores = rows.size() == 0 ? new double[0] : trees.predict(rows);
    return Evaluation.of(scores, rows.outcomes());
  }

  private Lineage lineage(Trait trait, Parts parts, TreeChoice choice, TrainingReport report) {
    Map<String, String> parameters =
        choice.parameters().asXgboost().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    it -> String.valueOf(it.getValue()),
                    (a, b) -> a,
                    TreeMap::new));
    parameters.put("rounds", String.valueOf(choice.rounds()));
    Rows train = parts.train();
    return Lineage.newBuilder()
        .setCreatedAt(clock.instant())
        .setTrainedFrom(Instant.ofEpochMilli(train.asOf(0)))
        .setTrainedUntil(Instant.ofEpochMilli(report.split().trainUntil() + trait.horizonMillis()))
        .setRows(train.size())
        .setPositives(train.positives())
        .setCodeVersion(codeVersion)
        .setParameters(parameters)
        .setParent(models.liveVersion(trait.name()).orElse(null))
        .build();
  }
}
