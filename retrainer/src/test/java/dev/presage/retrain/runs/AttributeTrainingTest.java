package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.Shelf;
import dev.presage.retrain.evaluation.RocAuc;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.selection.DroppedFeature;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Customers who order for work visit more often and spend more. They say so themselves; in an
 * account of one adult that is true, in one of two it is a matter of chance.
 */
class AttributeTrainingTest {
  private static final int CUSTOMERS = 900;
  private static final int DAYS = 120;
  private static final FeatureEngine ENGINE =
      new FeatureEngine(
          FeatureDeclarations.parse(
              Histories.FEATURES
                  .replace(
                      "features:",
                      """
                        adults: {event: profile_updated, property: adults}
                        for_work: {event: profile_updated, where: 'properties.usage == "work"'}
                      features:""")
                  .concat(
                      """
                        adults_last: {aggregate: last, series: adults, window: lifetime}
                        says_work: {aggregate: count, series: for_work, window: lifetime}
                        says_work_often: {expression: says_work / (1 + orders_lifetime)}
                      """),
              "test"));
  private static final TraitDefinition FOR_WORK =
      TraitDefinition.newBuilder()
          .setTrait("orders-for-work")
          .setTarget(new Target("profile_updated", "properties.usage == \"work\""))
          .setAttribute(new Attribute("usage", "adults_last == 1"))
          .setHorizonMillis(0)
          .build();

  private static final Map<String, Boolean> TRUTH = new HashMap<>();
  private static final Map<String, Integer> ADULTS = new HashMap<>();
  private static final List<Entry> HISTORY = history();
  private static final Shelf SHELF = new Shelf();
  private static final TrainingOutcome OUTCOME = train(HISTORY);

  @Test
  void shouldLearnItFromThoseWhoCanBeTrusted() {
    assertThat(OUTCOME).isInstanceOf(TrainingOutcome.Published.class);
    TrainingReport report = ((TrainingOutcome.Published) OUTCOME).report();

    assertThat(report.kind()).isEqualTo(PredictionKind.ATTRIBUTE);
    assertThat(report.history().labelledProfiles())
        .isEqualTo(ADULTS.values().stream().filter(it -> it == 1).count());
    assertThat(report.history().censoredRows()).isPositive();
    assertThat(report.model().auc()).isGreaterThan(report.baseline().auc()).isGreaterThan(0.7);
    assertThat(report.judged().populations()).isEmpty();
    assertThat(report.learned().calibration()).startsWith("not calibrated");
    ModelArtefact artefact = SHELF.published().getFirst();
    assertThat(artefact.getPopulation()).as("those it serves are others").isNull();
    assertThat(artefact.getMetrics()).containsKeys("auc", "baseline.auc", "calendar.auc");
  }

  @Test
  void shouldNotLookAtThePropertyNorAtWhatDecidesAboutTrust() {
    TrainingReport report = ((TrainingOutcome.Published) OUTCOME).report();

    assertThat(report.learned().dropped())
        .filteredOn(it -> it.cause() == DroppedFeature.Cause.FORBIDDEN)
        .extracting(DroppedFeature::name)
        .contains("adults_last", "says_work_often");
    assertThat(report.learned().dropped())
        .extracting(DroppedFeature::name)
        .contains("adults_last", "says_work", "says_work_often")
        .doesNotContain("orders_30d", "revenue_30d", "visits_7d");
  }

  /** What they say themselves is worth nothing. */
  @Test
  void shouldForetellItOfThoseWhoCannotBeTrusted() throws ModelRefusedException {
    ModelArtefact artefact = SHELF.published().getFirst();
    Predictor model =
        new ModelLoader(ModelLimits.DEFAULTS)
            .load(artefact, ENGINE.schema().fingerprint())
            .predictor();
    Map<String, ProfileState> states = new HashMap<>();
    for (Entry entry : HISTORY) {
      ENGINE.apply(
          states.computeIfAbsent(entry.profileId(), id -> ENGINE.newState()), entry.event());
    }
    List<Double> scores = new ArrayList<>();
    List<Boolean> truth = new ArrayList<>();
    double[] vector = new double[ENGINE.schema().size()];
    states.forEach(
        (customer, state) -> {
          if (ADULTS.getOrDefault(customer, 0) != 1) {
            ENGINE.vector(state, state.newestEventMillis(), vector);
            scores.add(model.predict(vector));
            truth.add(TRUTH.get(customer));
          }
        });

    boolean[] forWork = new boolean[truth.size()];
    for (int i = 0; i < forWork.length; i++) {
      forWork[i] = truth.get(i);
    }
    assertThat(forWork).hasSizeGreaterThan(300);
    assertThat(RocAuc.of(scores.stream().mapToDouble(it -> it).toArray(), forWork))
        .isGreaterThan(0.8);
  }

  @Test
  void shouldSayHowFewDeclareIt() {
    List<Entry> few =
        HISTORY.stream()
            .filter(
                it ->
                    !it.event().getType().equals("profile_updated") || it.profileId().endsWith("7"))
            .toList();

    assertThat(((TrainingOutcome.InsufficientData) train(few)).reason())
        .contains("of the profiles to judge by", "have it and", "at least 30 of each are needed")
        .doesNotContain("days");
  }

  @Test
  void shouldSayBeforehandWhetherThereAreEnough() {
    DataReport report =
        new DataCheck(ENGINE, Histories.of(Histories.partitioned(HISTORY, 3)), RowPlan.standard())
            .check(Trait.compile(FOR_WORK, ENGINE));

    assertThat(report.isEnough()).as(report.needs().toString()).isTrue();
    assertThat(report.needs())
        .extracting(DataNeed::what)
        .contains("profiles with it to judge by", "profiles without it to judge by")
        .doesNotContain("days of history");
    assertThat(report.signals())
        .extracting(FeatureSignal::feature)
        .contains("visits_7d")
        .doesNotContain("says_work", "adults_last");
  }

  private static TrainingOutcome train(List<Entry> history) {
    return new Training(
            ENGINE,
            Histories.of(Histories.partitioned(history, 3)),
            SHELF,
            RowPlan.standard(),
            InstantSource.fixed(Histories.START.plus(Duration.ofDays(DAYS))),
            "test")
        .run(FOR_WORK, (state, step, done) -> {});
  }

  private static List<Entry> history() {
    Random random = new Random(17);
    List<Entry> log = new ArrayList<>();
    for (int number = 0; number < CUSTOMERS; number++) {
      play("customer-" + number, random, log);
    }
    log.sort(Comparator.comparing(it -> it.event().getOccurredAt()));
    return List.copyOf(log);
  }

  private static void play(String customer, Random random, List<Entry> log) {
    boolean forWork = random.nextBoolean();
    TRUTH.put(customer, forWork);
    int adults = random.nextInt(10) < 6 ? 1 : 2;
    boolean declares = random.nextInt(10) > 0;
    int declaredOn = random.nextInt(DAYS / 2);
    for (int day = 0; day < DAYS; day++) {
      if (day == declaredOn && declares) {
        ADULTS.put(customer, adults);
        boolean saysWork = adults == 1 ? forWork : random.nextBoolean();
        add(
            customer,
            "profile_updated",
            day,
            random,
            Map.of("usage", saysWork ? "work" : "home", "adults", adults),
            log);
      }
      if (random.nextDouble() < (forWork ? 0.12 : 0.06)) {
        add(customer, "visited", day, random, Map.of(), log);
      }
      if (random.nextDouble() < 0.04) {
        double revenue = Math.exp((forWork ? 4.3 : 3.6) + 0.7 * random.nextGaussian());
        add(customer, "order_completed", day, random, Map.of("revenue", revenue), log);
      }
    }
  }

  private static void add(
      String customer,
      String type,
      int day,
      Random random,
      Map<String, Object> properties,
      List<Entry> log) {
    Duration after = Duration.ofDays(day).plusSeconds(random.nextInt(86_400));
    log.add(
        new Entry(customer, Histories.event(customer + "-" + log.size(), type, after, properties)));
  }
}
