package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.PlantedShop;
import dev.presage.retrain.Shelf;
import dev.presage.retrain.candidates.CandidateResult;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.ValueFigure;
import dev.presage.retrain.report.HtmlReport;
import dev.presage.retrain.report.RunReport;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.retrain.selection.DroppedFeature;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ValueTrainingTest {
  private static final TraitDefinition SPENDING =
      TraitDefinition.newBuilder(Histories.orders("spending", "true", Duration.ofDays(14)))
          .setKind(TraitKind.VALUE)
          .setSumOf("revenue")
          .build();

  private static final Shelf PLANTED = new Shelf();
  private static final TrainingOutcome OUTCOME =
      train(PLANTED, Histories.engine(), PlantedShop.history(), SPENDING);

  private final Shelf shelf = new Shelf();

  /** Who spends much is plain from what she spent; when she does, from her orders and visits. */
  @Test
  void shouldForetellAmountsBetterThanTheBestFeature() {
    assertThat(OUTCOME).isInstanceOf(TrainingOutcome.Published.class);
    TrainingReport report = report(OUTCOME);
    assertThat(report.kind()).isEqualTo(PredictionKind.VALUE);
    assertThat(report.model().value(ValueFigure.DEVIANCE))
        .isLessThan(report.baseline().value(ValueFigure.DEVIANCE));
    assertThat(report.model().value(ValueFigure.NORMALISED_GINI))
        .isGreaterThan(report.baseline().value(ValueFigure.NORMALISED_GINI));
    assertThat(report.model().value(ValueFigure.SUM_RATIO)).isCloseTo(1, within(0.2));
    assertThat(((TrainingOutcome.Published) OUTCOME).decision().reason())
        .startsWith("Tweedie deviance")
        .contains("is better than", "normalised Gini", "is not worse than");
    assertThat(report.constantBaselines()).containsOnlyKeys("constant", "previous-mean");
    assertThat(report.constantBaselines().values())
        .allMatch(
            it ->
                it.value(ValueFigure.NORMALISED_GINI) == 0
                    && it.value(ValueFigure.DEVIANCE) > report.model().value(ValueFigure.DEVIANCE));
    assertThat(report.learned().candidates())
        .extracting(CandidateResult::name)
        .containsExactly("xgboost", "linear", "product");
    assertThat(report.learned().calibration()).startsWith("not calibrated");
  }

  @Test
  void shouldPublishAModelThatServesTheAmount() throws ModelRefusedException {
    TrainingReport report = report(OUTCOME);

    ModelArtefact artefact = PLANTED.published().getFirst();
    Predictor served =
        new ModelLoader(ModelLimits.DEFAULTS)
            .load(artefact, artefact.getFeatureSchema().getFingerprint())
            .predictor();
    assertThat(artefact.getGoldenRows()).hasSizeGreaterThan(31);
    double most = 0;
    for (GoldenRow row : artefact.getGoldenRows()) {
      double[] vector = row.getFeatures().stream().mapToDouble(it -> it).toArray();
      assertThat(served.predict(vector) / row.getPrediction()).isCloseTo(1, within(1e-5));
      most = Math.max(most, row.getPrediction());
    }
    assertThat(most).as("an amount and no likelihood").isGreaterThan(100);
    assertThat(artefact.getMetrics())
        .containsEntry("deviance", report.model().value(ValueFigure.DEVIANCE))
        .containsKeys(
            "normalisedGini.low",
            "mae",
            "rmse",
            "sumRatio",
            "baseline.deviance",
            "population.hasDoneIt.deviance",
            "calendar.deviance")
        .doesNotContainKey("auc");
    assertThat(artefact.getBaseline().getFeature()).isEqualTo(report.baselineFeature());
    assertThat(artefact.getImportance()).isNotEmpty();
    assertThat(artefact.getPopulation()).isNotNull();
    assertThat(report.judged().thresholds()).isEmpty();
    assertThat(report.judged().populations().values().stream().mapToLong(Evaluation::rows).sum())
        .isEqualTo(report.model().rows());
  }

  @Test
  void shouldCompareWithTheModelOfAmountsThatIsLive() {
    shelf.publish(PLANTED.published().getFirst());

    TrainingOutcome again = train(Histories.engine(), PlantedShop.history(), SPENDING);

    TrainingOutcome.Published published = (TrainingOutcome.Published) again;
    Evaluation incumbent = Objects.requireNonNull(published.report().judged().incumbent());
    assertThat(incumbent.value(ValueFigure.DEVIANCE))
        .isCloseTo(published.report().model().value(ValueFigure.DEVIANCE), within(1e-3));
    assertThat(published.decision().reason())
        .contains("of the live model " + shelf.published().getFirst().getVersion());
  }

  /** What everybody spends is a matter of chance: nothing to be learned beyond the mean. */
  @Test
  void shouldHoldAModelOfAmountsThatNobodyCanForetell() {
    TrainingOutcome outcome = train(Histories.engine(), chance(), SPENDING);

    assertThat(outcome).isInstanceOf(TrainingOutcome.Held.class);
    assertThat(((TrainingOutcome.Held) outcome).decision().reason()).contains("is not better than");
    assertThat(shelf.live("spending")).isEmpty();
  }

  @Test
  void shouldForetellHowManyEventsThereWillBe() {
    TraitDefinition count =
        TraitDefinition.newBuilder(SPENDING).setTrait("orders").setSumOf(null).build();

    TrainingReport report = report(train(Histories.engine(), PlantedShop.history(), count));

    assertThat(report.model().value(ValueFigure.SUM_RATIO)).isCloseTo(1, within(0.2));
    assertThat(report.model().value(ValueFigure.NORMALISED_GINI)).isGreaterThan(0.1);
  }

  /** Somebody wrote what would be spent into an event of the day. */
  @Test
  void shouldDropAFeatureThatKnowsTheAmount() {
    FeatureEngine engine =
        new FeatureEngine(
            FeatureDeclarations.parse(
                Histories.FEATURES
                    .replace("features:", "  hints: {event: hinted, property: spent}\nfeatures:")
                    .concat("  hint: {aggregate: last, series: hints, window: lifetime}\n"),
                "test"));

    TrainingReport report = report(train(engine, hinted(PlantedShop.history()), SPENDING));

    assertThat(report.learned().dropped())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.name()).isEqualTo("hint");
              assertThat(it.cause()).isEqualTo(DroppedFeature.Cause.LEAKING);
            });
    assertThat(report.baselineFeature()).isNotEqualTo("hint");
  }

  @Test
  void shouldSayHowFewAmountsThereAre() {
    List<Entry> few =
        PlantedShop.history().stream()
            .filter(
                it ->
                    !it.event().getType().equals("order_completed")
                        || it.profileId().endsWith("99"))
            .toList();

    assertThat(
            ((TrainingOutcome.InsufficientData) train(Histories.engine(), few, SPENDING)).reason())
        .contains("of the rows to judge by", "are above 0, at least 30 are needed")
        .doesNotContain("negatives");
  }

  @Test
  void shouldReportFiguresAndPlotsOfAmounts() {
    RunBook book = new RunBook();
    try (RunQueue queue = LeadingQueue.of((definition, progress) -> OUTCOME, book, run -> {})) {
      RunStatus submitted = queue.submit(SPENDING, Occasion.BY_HAND);
      await().until(() -> book.find(submitted.id()).orElseThrow().state().isOver());
      RunReport report = RunReport.of(book.find(submitted.id()).orElseThrow());

      RunReport.Findings findings = Objects.requireNonNull(report.findings());
      assertThat(findings.data().kind()).isEqualTo("VALUE");
      assertThat(findings.predictors().getFirst().figures())
          .containsKeys("deviance", "normalisedGini", "mae", "rmse", "spearman", "sumRatio")
          .doesNotContainKey("auc");
      assertThat(findings.predictors().getFirst().curves().gain()).hasSizeGreaterThan(50);
      assertThat(new HtmlReport().render(report))
          .contains("Amounts by decile", "Gain", "Tweedie deviance")
          .doesNotContain("ROC");
    }
  }

  private TrainingOutcome train(
      FeatureEngine engine, List<Entry> history, TraitDefinition definition) {
    return train(shelf, engine, history, definition);
  }

  private static TrainingOutcome train(
      Shelf shelf, FeatureEngine engine, List<Entry> history, TraitDefinition definition) {
    return new Training(
            engine,
            Histories.of(Histories.partitioned(history, 3)),
            shelf,
            RowPlan.standard(),
            InstantSource.fixed(PlantedShop.newest(history)),
            "test")
        .run(definition, (state, step, done) -> {});
  }

  private static TrainingReport report(TrainingOutcome outcome) {
    return switch (outcome) {
      case TrainingOutcome.Published it -> it.report();
      case TrainingOutcome.Held it -> it.report();
      case TrainingOutcome.InsufficientData it -> throw new AssertionError(it.reason());
    };
  }

  private static List<Entry> chance() {
    Random random = new Random(5);
    List<Entry> log = new ArrayList<>();
    for (int customer = 0; customer < 300; customer++) {
      for (int day = 0; day < 200; day++) {
        if (random.nextInt(25) == 0) {
          double revenue = Math.exp(3 + random.nextGaussian());
          log.add(entry("customer-" + customer, "order_completed", day, random, revenue));
        }
      }
    }
    log.sort(Comparator.comparing(it -> it.event().getOccurredAt()));
    return log;
  }

  private static Entry entry(String customer, String type, int day, Random random, double revenue) {
    Duration after = Duration.ofDays(day).plusSeconds(random.nextInt(86_400));
    return new Entry(
        customer, Histories.event(customer + "-" + day, type, after, Map.of("revenue", revenue)));
  }

  /** Right before every event a hint at what is spent within two weeks of it. */
  private static List<Entry> hinted(List<Entry> log) {
    Map<String, List<Event>> orders =
        log.stream()
            .filter(it -> it.event().getType().equals("order_completed"))
            .collect(
                Collectors.groupingBy(
                    Entry::profileId, Collectors.mapping(Entry::event, Collectors.toList())));
    List<Entry> hinted = new ArrayList<>();
    for (Entry entry : log) {
      Instant at = entry.event().getOccurredAt();
      Instant until = at.plusMillis(SPENDING.getHorizonMillis());
      double spent =
          orders.getOrDefault(entry.profileId(), List.of()).stream()
              .filter(it -> it.getOccurredAt().isAfter(at) && !it.getOccurredAt().isAfter(until))
              .mapToDouble(
                  it -> it.getProperties().get("revenue") instanceof Double paid ? paid : 0)
              .sum();
      hinted.add(
          new Entry(
              entry.profileId(),
              Histories.event(
                  "hint-" + hinted.size(),
                  "hinted",
                  Duration.between(Histories.START, at),
                  Map.of("spent", spent))));
      hinted.add(entry);
    }
    return hinted;
  }
}
