package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.PlantedShop;
import dev.presage.retrain.Shelf;
import dev.presage.retrain.candidates.CandidateResult;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.LikelihoodFigure;
import dev.presage.retrain.evaluation.Population;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.selection.DroppedFeature;
import dev.presage.schemas.avro.FeatureImportance;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TrainingPopulation;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrainingTest {
  private static final TraitDefinition TRAIT =
      Histories.orders("orders-again", "true", Duration.ofDays(14));
  private static final TrainingPlan PLAN = TrainingPlan.standard();
  private final Shelf shelf = new Shelf();

  /** If it could be foretold, it would be from the future. */
  @Test
  void shouldNotForetellWhatCannotBeForetold() {
    TrainingOutcome outcome = train(memoryless(400, 200), TRAIT);

    TrainingReport report = report(outcome);
    assertThat(report.model().rows()).isGreaterThan(500);
    assertThat(report.model().auc()).isCloseTo(0.5, within(0.05));
  }

  @Test
  void shouldSayWhatIsMissing() {
    TrainingOutcome outcome = train(memoryless(20, 30), TRAIT);

    assertThat(outcome).isInstanceOf(TrainingOutcome.InsufficientData.class);
    assertThat(((TrainingOutcome.InsufficientData) outcome).reason())
        .contains("days, a horizon of 14.0 days needs at least 53.4")
        .contains("the rows to judge by have")
        .contains("profiles were read");
    assertThat(shelf.published()).isEmpty();
  }

  @Test
  void shouldSayThatAnEmptyHistoryIsNotEnough() {
    assertThat(train(List.of(), TRAIT)).isInstanceOf(TrainingOutcome.InsufficientData.class);
  }

  @Test
  void shouldSayThatATargetThatNeverHappensIsNotEnough() {
    TraitDefinition never =
        TraitDefinition.newBuilder()
            .setTrait("returns")
            .setKind(TraitKind.LIKELIHOOD)
            .setTarget(new Target("order_returned", "true"))
            .setHorizonMillis(TRAIT.getHorizonMillis())
            .build();

    assertThat(((TrainingOutcome.InsufficientData) train(memoryless(50, 200), never)).reason())
        .contains("0 positives");
  }

  @Test
  void shouldPublishTheSameVersionForTheSameHistory() {
    List<Entry> history = PlantedShop.history();

    assertThat(train(history, TRAIT)).isInstanceOf(TrainingOutcome.Published.class);
    assertThat(train(history, TRAIT)).isInstanceOf(TrainingOutcome.Published.class);

    ModelArtefact first = shelf.published().getFirst();
    ModelArtefact second = shelf.published().getLast();
    assertThat(second.getVersion()).isEqualTo(first.getVersion()).startsWith("202507");
    assertThat(second.getPayload()).isEqualTo(first.getPayload());
    assertThat(first.getLineage().getParent()).isNull();
    assertThat(second.getLineage().getParent()).isEqualTo(first.getVersion());
  }

  @Test
  void shouldSayHowMuchEachFeatureMatters() {
    train(PlantedShop.history(), TRAIT);

    List<FeatureImportance> importance = shelf.published().getFirst().getImportance();

    assertThat(importance)
        .isNotEmpty()
        .isSortedAccordingTo(
            Comparator.comparingDouble(FeatureImportance::getMeanAbsoluteContribution).reversed());
    assertThat(importance)
        .allSatisfy(
            it -> {
              assertThat(it.getGain()).as("gain of %s", it.getFeature()).isPositive();
              assertThat(it.getCover()).as("cover of %s", it.getFeature()).isPositive();
            });
    assertThat(importance.getFirst().getMeanAbsoluteContribution()).isPositive();
  }

  @Test
  void shouldSayHowFeaturesAndScoresWereDistributed() {
    TrainingOutcome outcome = train(PlantedShop.history(), TRAIT);

    ModelArtefact artefact = shelf.published().getFirst();
    TrainingPopulation population = artefact.getPopulation();
    assertThat(population.getFeatures()).hasSameSizeAs(artefact.getFeatureSchema().getFeatures());
    assertThat(population.getRows()).isBetween(1000L, artefact.getLineage().getRows());
    assertThat(population.getScoreRows())
        .isEqualTo(((TrainingOutcome.Published) outcome).report().model().rows());
    int often = Histories.engine().schema().names().indexOf("orders_lifetime");
    assertThat(population.getFeatures().get(often))
        .satisfies(
            it -> {
              assertThat(it.getEdges()).hasSizeGreaterThan(5);
              assertThat(it.getShares()).allMatch(share -> share >= 0 && share < 0.5);
            });
    assertThat(population.getScores().getEdges())
        .as("tenths of likelihoods")
        .hasSize(9)
        .allMatch(it -> it > 0 && it < 1);
    assertThat(population.getScores().getShares()).allMatch(it -> it > 0.05 && it < 0.2);
  }

  /** Seconds that were taken for milliseconds, for one. */
  @Test
  void shouldTrainThoughAnEventIsDatedFarBeforeAllOthers() {
    List<Entry> history = new ArrayList<>(PlantedShop.history());
    Duration sinceStart = Duration.between(Histories.START, Instant.parse("1970-01-20T00:00:00Z"));
    history.addFirst(new Entry("stray", Histories.event("s", "order_completed", sinceStart)));

    assertThat(train(history, TRAIT)).isInstanceOf(TrainingOutcome.Published.class);
  }

  @Test
  void shouldHoldAModelThatIsNoBetterThanCountingOrders() {
    TrainingOutcome outcome = train(habits(300, 200), TRAIT);

    assertThat(outcome).isInstanceOf(TrainingOutcome.Held.class);
    assertThat(((TrainingOutcome.Held) outcome).decision().reason())
        .contains("is not better than")
        .contains("of the baseline orders_lifetime: the difference is");
    assertThat(shelf.live(TRAIT.getTrait())).isEmpty();
    assertThat(shelf.published())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getStage()).isEqualTo(ModelStage.RETIRED);
              assertThat(it.getVersion())
                  .isEqualTo(((TrainingOutcome.Held) outcome).modelVersion());
              assertThat(it.getApprovedBy()).isNull();
            });
  }

  @Test
  void shouldKeepWhatTheOtherCandidatesWereWorth() {
    TrainingReport report =
        ((TrainingOutcome.Published) train(PlantedShop.history(), TRAIT)).report();

    assertThat(report.learned().candidates())
        .extracting(CandidateResult::name)
        .containsExactly("xgboost", "logistic", "two-populations");
    assertThat(report.learned().candidates())
        .filteredOn(CandidateResult::isChosen)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.name()).isEqualTo(report.learned().candidate());
              assertThat(report.learned().parameters()).containsAllEntriesOf(it.parameters());
            });
    assertThat(report.learned().calibration()).isNotBlank();
    assertThat(report.constantBaselines()).containsOnlyKeys("constant", "previous-rate");
    assertThat(report.constantBaselines().values())
        .as("nobody told apart")
        .allMatch(it -> it.auc() == 0.5 && it.logLoss() > report.model().logLoss());
    Map<String, String> lineage = shelf.published().getFirst().getLineage().getParameters();
    assertThat(lineage)
        .containsEntry("candidate", report.learned().candidate())
        .containsEntry("calibration", report.learned().calibration())
        .containsKeys("sample.rows", "sample.negatives");
  }

  /** Somebody noted down on the day what was to come, and it got into the events. */
  @Test
  void shouldDropAFeatureThatKnowsTheOutcomeAndSayWhy() {
    FeatureEngine engine =
        new FeatureEngine(
            FeatureDeclarations.parse(
                Histories.FEATURES
                    .replace(
                        "features:", "  hints: {event: hinted, property: orders_soon}\nfeatures:")
                    .concat("  hint: {aggregate: last, series: hints, window: lifetime}\n"),
                "test"));
    TrainingOutcome outcome =
        training(engine, withHints(PlantedShop.history()), PLAN)
            .run(TRAIT, (state, step, done) -> {});

    assertThat(outcome).isInstanceOf(TrainingOutcome.Published.class);
    TrainingReport report = report(outcome);
    assertThat(report.learned().dropped())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.name()).isEqualTo("hint");
              assertThat(it.cause()).isEqualTo(DroppedFeature.Cause.LEAKING);
            });
    assertThat(report.baselineFeature()).isNotEqualTo("hint");
    assertThat(report.model().auc()).as("nothing of the hint in it").isLessThan(0.95);
    ModelArtefact artefact = shelf.published().getFirst();
    assertThat(artefact.getFeatureSchema().getFingerprint())
        .isEqualTo(engine.schema().fingerprint());
    assertThat(artefact.getFeatureSchema().getFeatures()).contains("hint");
    assertThat(artefact.getImportance())
        .extracting(FeatureImportance::getFeature)
        .doesNotContain("hint");
    assertThat(artefact.getLineage().getParameters().get("dropped.hint"))
        .contains("seems to know the outcome");
  }

  @Test
  void shouldTrainOnFewerNegativesWhereThereAreMany() {
    TrainingPlan one = new TrainingPlan(1, PLAN.work(), 1, PLAN.leakAuc(), PLAN.longest());
    List<Entry> history = memoryless(200, 200);

    TrainingReport whole = report(train(history, TRAIT));
    TrainingReport thinned =
        report(training(Histories.engine(), history, one).run(TRAIT, (state, step, done) -> {}));

    assertThat(whole.trainingRows()).isGreaterThan(3 * whole.trainingPositives() / 2);
    assertThat(thinned.trainingPositives()).isEqualTo(whole.trainingPositives());
    assertThat(thinned.trainingRows()).isEqualTo(2 * whole.trainingPositives());
    assertThat(thinned.model().logLoss()).isCloseTo(whole.model().logLoss(), within(0.02));
    assertThat(thinned.learned().parameters().get("sample.negatives"))
        .startsWith(whole.trainingPositives() + " of ");
  }

  @Test
  void shouldFailWhereItTakesTooLong() {
    AtomicLong minutes = new AtomicLong();
    Training training =
        new Training(
            Histories.engine(),
            Histories.of(Histories.partitioned(PlantedShop.history(), 3)),
            shelf,
            RowPlan.standard(),
            PLAN,
            GatePolicy.AT_ONCE,
            () -> Instant.EPOCH.plus(Duration.ofMinutes(minutes.getAndAdd(10))),
            "test");

    assertThatThrownBy(() -> training.run(TRAIT, (state, step, done) -> {}))
        .hasMessageContaining("the longest that is allowed is PT6H")
        .hasMessageContaining("presage.training.longest");
    assertThat(shelf.published()).isEmpty();
  }

  @Test
  void shouldReportProgressThatNeverGoesBack() {
    List<Double> progress = new ArrayList<>();
    List<RunState> states = new ArrayList<>();

    training(habits(100, 200))
        .run(
            TRAIT,
            (state, step, done) -> {
              progress.add(done);
              states.add(state);
            });

    assertThat(progress).isSorted().allMatch(it -> it >= 0 && it <= 1);
    assertThat(states)
        .isSorted()
        .contains(RunState.READING, RunState.TRAINING, RunState.EVALUATING);
  }

  @Test
  void shouldJudgeByPopulationWithIntervalsAndKeepTheFigures() {
    TrainingOutcome outcome = train(PlantedShop.history(), TRAIT);

    TrainingReport report = ((TrainingOutcome.Published) outcome).report();
    Judged judged = report.judged();
    assertThat(judged.populations().values().stream().mapToLong(Evaluation::rows).sum())
        .isEqualTo(report.model().rows());
    assertThat(judged.populations()).containsKeys(Population.HAS_DONE_IT, Population.LAPSED);
    assertThat(report.model().interval(LikelihoodFigure.AUC))
        .hasValueSatisfying(it -> assertThat(report.model().auc()).isBetween(it.low(), it.high()));
    assertThat(judged.incumbent()).isNull();
    assertThat(judged.thresholds()).hasSizeGreaterThan(5);
    assertThat(report.portrait().importance()).isNotEmpty();
    assertThat(report.portrait().timeline().parts())
        .extracting(ScoreTimeline.Span::name)
        .containsExactly("fitted on", "chosen by", "judged by");
    assertThat(report.portrait().timeline().parts().getLast().index()).isLessThan(0.01);
    assertThat(report.portrait().timeline().periods()).hasSizeGreaterThan(3);
    assertThat(report.portrait().stability())
        .hasSize(Histories.engine().schema().size())
        .allSatisfy(it -> assertThat(it.index()).isNotNegative());
    assertThat(shelf.published().getFirst().getMetrics())
        .containsKeys(
            "auc.low",
            "normalisedCrossEntropy",
            "calibrationSlope.high",
            "liftTop10",
            "baseline.auc",
            "population.hasDoneIt.auc");
  }

  @Test
  void shouldCompareWithTheLiveModelOnTheSameRows() {
    train(PlantedShop.history(), TRAIT);
    TrainingOutcome again = train(PlantedShop.history(), TRAIT);

    TrainingOutcome.Published published = (TrainingOutcome.Published) again;
    Evaluation incumbent = Objects.requireNonNull(published.report().judged().incumbent());
    assertThat(incumbent.auc()).isCloseTo(published.report().model().auc(), within(1e-6));
    assertThat(published.decision().reason())
        .contains(
            "is not worse than", "of the live model " + shelf.published().getFirst().getVersion());
    assertThat(shelf.published().getLast().getMetrics()).containsKey("incumbent.auc");
  }

  @Test
  void shouldPublishAShadowThatWaitsForApproval() {
    TrainingOutcome outcome =
        training(PlantedShop.history(), new GatePolicy(true, false))
            .run(TRAIT, (state, step, done) -> {});

    assertThat(((TrainingOutcome.Published) outcome).decision().reason())
        .endsWith("it waits as a shadow for a person's approval");
    assertThat(shelf.published())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getStage()).isEqualTo(ModelStage.SHADOW);
              assertThat(it.getApprovedBy()).isNull();
            });
  }

  @Test
  void shouldNotMakeAShadowOfTheModelThatIsLive() {
    train(PlantedShop.history(), TRAIT);

    training(PlantedShop.history(), new GatePolicy(false, true))
        .run(TRAIT, (state, step, done) -> {});

    assertThat(shelf.published()).hasSize(1);
  }

  private TrainingOutcome train(List<Entry> history, TraitDefinition definition) {
    return training(history).run(definition, (state, step, done) -> {});
  }

  private static TrainingReport report(TrainingOutcome outcome) {
    return switch (outcome) {
      case TrainingOutcome.Published it -> it.report();
      case TrainingOutcome.Held it -> it.report();
      case TrainingOutcome.InsufficientData it -> throw new AssertionError(it.reason());
    };
  }

  private Training training(List<Entry> history) {
    return training(Histories.engine(), history, PLAN);
  }

  private Training training(List<Entry> history, GatePolicy gate) {
    return training(Histories.engine(), history, PLAN, gate);
  }

  private Training training(FeatureEngine engine, List<Entry> history, TrainingPlan plan) {
    return training(engine, history, plan, GatePolicy.AT_ONCE);
  }

  private Training training(
      FeatureEngine engine, List<Entry> history, TrainingPlan plan, GatePolicy gate) {
    return new Training(
        engine,
        Histories.of(Histories.partitioned(history, 3)),
        shelf,
        RowPlan.standard(),
        plan,
        gate,
        InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
        "test");
  }

  /** Every customer orders with the same chance every day, whatever was before. */
  private static List<Entry> memoryless(int customers, int days) {
    Random random = new Random(3);
    List<Entry> log = new ArrayList<>();
    for (int customer = 0; customer < customers; customer++) {
      for (int day = 0; day < days; day++) {
        if (random.nextInt(25) == 0) {
          add("customer-" + customer, day, random, log);
        }
      }
    }
    return sorted(log);
  }

  /** Customers have habits: the more often one has ordered, the likelier one orders soon. */
  private static List<Entry> habits(int customers, int days) {
    Random random = new Random(4);
    List<Entry> log = new ArrayList<>();
    for (int customer = 0; customer < customers; customer++) {
      double habit = 0.005 + 0.15 * random.nextDouble() * random.nextDouble();
      int pause = 5 + random.nextInt(20);
      int last = -pause;
      for (int day = 0; day < days; day++) {
        if (day - last >= pause && random.nextDouble() < 3 * habit) {
          add("customer-" + customer, day, random, log);
          last = day;
        }
      }
    }
    return sorted(log);
  }

  private static void add(String customer, int day, Random random, List<Entry> log) {
    Duration after = Duration.ofDays(day).plusSeconds(random.nextInt(86_400));
    log.add(new Entry(customer, Histories.event(customer + "-" + day, "order_completed", after)));
  }

  /** Right before every event a hint at whether an order comes within two weeks of it. */
  private static List<Entry> withHints(List<Entry> log) {
    Map<String, List<Instant>> orders = new HashMap<>();
    for (Entry entry : log) {
      if (entry.event().getType().equals("order_completed")) {
        orders
            .computeIfAbsent(entry.profileId(), id -> new ArrayList<>())
            .add(entry.event().getOccurredAt());
      }
    }
    List<Entry> hinted = new ArrayList<>();
    for (Entry entry : log) {
      Instant at = entry.event().getOccurredAt();
      Instant until = at.plusMillis(TRAIT.getHorizonMillis());
      boolean ordersSoon =
          orders.getOrDefault(entry.profileId(), List.of()).stream()
              .anyMatch(it -> it.isAfter(at) && !it.isAfter(until));
      hinted.add(
          new Entry(
              entry.profileId(),
              Histories.event(
                  "hint-" + hinted.size(),
                  "hinted",
                  Duration.between(Histories.START, at),
                  Map.of("orders_soon", ordersSoon ? 1.0 : 0.0))));
      hinted.add(entry);
    }
    return hinted;
  }

  private static List<Entry> sorted(List<Entry> log) {
    log.sort(Comparator.comparing(it -> it.event().getOccurredAt()));
    return log;
  }
}
