package dev.presage.retrain.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.features.FeatureEngine;
import dev.presage.model.LoadedModel;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.PlantedShop;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.runs.RunBook;
import dev.presage.retrain.runs.RunJournal;
import dev.presage.retrain.runs.RunQueue;
import dev.presage.retrain.runs.RunState;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.runs.ShadowTrial;
import dev.presage.retrain.runs.Training;
import dev.presage.retrain.runs.TrainingPlan;
import dev.presage.retrain.schedule.Cadence;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.retrain.schedule.Schedule;
import dev.presage.retrain.schedule.SchedulePolicy;
import dev.presage.retrain.schedule.Watched;
import dev.presage.schemas.avro.ModelMeasurement;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.OutcomeQuality;
import dev.presage.schemas.avro.PopulationStability;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.VersionQuality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Traits that are looked after, with real runs on a history that grows. */
class WatchmanTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final String NAME = "orders-again";
  private static final TraitDefinition TRAIT = Histories.orders(NAME, "true", Duration.ofDays(14));
  private static final FeatureEngine ENGINE = Histories.engine();
  private static final List<Entry> LOG = PlantedShop.history(260);
  private static final Instant NIGHT = Histories.START.plus(Duration.ofDays(200));

  private volatile List<Entry> log = until(LOG, NIGHT);
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final RegistryBench models = new RegistryBench(ENGINE.schema());
  private final RunBook book = new RunBook();
  private final History history = new Growing();
  private final Cadence cadence = new Cadence(DAY, DAY.multipliedBy(60), DAY.multipliedBy(10));
  private final TraitWatch watch = new TraitWatch(book, models.registry(), cadence);
  private RunQueue queue = queue(GatePolicy.AT_ONCE);

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void shouldTrainANewTraitAndAgainWhenItIsTime() {
    Watchman watchman = watchman(GatePolicy.AT_ONCE);

    visit(watchman);
    RunStatus first = last();
    assertThat(first.occasion().kind()).isEqualTo(Occasion.Kind.FIRST);
    assertThat(first.state()).as(first.reason()).isEqualTo(RunState.PUBLISHED);
    assertThat(models.registry().liveVersion(NAME)).hasValue(first.modelVersion());

    pass(Duration.ofDays(9));
    visit(watchman);
    assertThat(last()).isEqualTo(first);

    pass(DAY);
    visit(watchman);
    RunStatus second = last();
    assertThat(second.occasion().kind()).isEqualTo(Occasion.Kind.TIME);
    assertThat(watch.of(NAME, 0).cadence().current())
        .as("the same log brings nothing new, so that it is trained less often")
        .isEqualTo(Duration.ofDays(20));
  }

  @Test
  void shouldLookAgainSoonWhereThereWasTooLittle() {
    log = LOG.subList(0, 100);
    Watchman watchman = watchman(GatePolicy.AT_ONCE);

    visit(watchman);
    assertThat(last().insufficientData()).isTrue();
    pass(DAY);
    visit(watchman);

    assertThat(book.of(NAME)).hasSize(2);
  }

  @Test
  void shouldTrainNothingWithoutHistoryAndNothingThatIsPaused() {
    Watchman watchman = watchman(GatePolicy.AT_ONCE);
    TraitDefinition paused = TraitDefinition.newBuilder(TRAIT).setPaused(true).build();
    watchman.visit(paused);
    log = List.of();
    watchman.visit(TRAIT);

    assertThat(book.of(NAME)).isEmpty();
  }

  @Test
  void shouldTrainAgainWhereThePopulationHasMovedOrTheLossIsHigh() {
    Watchman watchman = watchman(GatePolicy.AT_ONCE);
    visit(watchman);
    RunStatus first = last();
    assertThat(Objects.requireNonNull(watch.of(NAME, 0).live()).trainedOn()).isEqualTo(log.size());
    String version = Objects.requireNonNull(first.modelVersion());
    double high = Objects.requireNonNull(model(version).metrics().get("logLoss.high"));
    pass(DAY);

    measured(version, 0.05, high - 0.01);
    visit(watchman);
    assertThat(last()).as("all is well").isEqualTo(first);
    measured(version, 0.3, high - 0.01);
    visit(watchman);
    assertThat(last().occasion().kind()).isEqualTo(Occasion.Kind.DRIFT);

    pass(DAY);
    measured(version, 0.05, high + 0.01);
    visit(watchman);
    assertThat(last().occasion().kind()).isEqualTo(Occasion.Kind.QUALITY);
    Watched watched = watch.of(NAME, 0);
    assertThat(new Schedule(SchedulePolicy.STANDARD).degraded(watched)).isPresent();
  }

  @Test
  void shouldLetAShadowLiveWhereItForetellsInServiceWhatItForetoldBefore() {
    GatePolicy policy = new GatePolicy(false, true);
    queue = queue(policy);
    Watchman watchman = watchman(policy);
    visit(watchman);
    RunStatus run = last();
    assertThat(models.registry().liveVersion(NAME)).isEmpty();
    assertThat(shadows()).containsExactly(run.modelVersion());

    pass(DAY);
    visit(watchman);
    assertThat(shadows()).as("nothing has come since").hasSize(1);

    log = LOG;
    visit(watchman);
    assertThat(shadows()).as("it was looked at just now").hasSize(1);
    pass(DAY);
    visit(watchman);

    assertThat(models.registry().liveVersion(NAME)).hasValue(run.modelVersion());
    assertThat(model(Objects.requireNonNull(run.modelVersion())).approvedBy()).isEqualTo("gate");
    assertThat(book.find(run.id()).orElseThrow().reason())
        .contains("then LIVE: its figures in service agree");
  }

  @Test
  void shouldRetireAShadowThatForetellsWorseInService() {
    GatePolicy policy = new GatePolicy(false, true);
    queue = queue(policy);
    Watchman watchman = watchman(policy);
    visit(watchman);
    String shadow = Objects.requireNonNull(last().modelVersion());

    log = changedFrom(NIGHT);
    pass(DAY);
    visit(watchman);

    assertThat(shadows()).isEmpty();
    assertThat(models.registry().liveVersion(NAME)).isEmpty();
    assertThat(model(shadow).stage()).isEqualTo(ModelStage.RETIRED);
    assertThat(last().reason()).contains("then RETIRED: its figures in service are worse");
  }

  @Test
  void shouldLeaveAShadowToThePersonWhoIsAsked() {
    GatePolicy policy = new GatePolicy(true, true);
    queue = queue(policy);
    Watchman watchman = watchman(policy);
    visit(watchman);

    log = LOG;
    pass(DAY);
    visit(watchman);

    assertThat(shadows()).hasSize(1);
  }

  private void visit(Watchman watchman) {
    watchman.visit(TRAIT);
    await().atMost(Duration.ofMinutes(2)).until(() -> book.open().isEmpty());
  }

  private RunStatus last() {
    return book.last(NAME).orElseThrow();
  }

  private List<String> shadows() {
    return models.registry().shadows(NAME).stream().map(LoadedModel::version).toList();
  }

  private RegisteredModel model(String version) {
    return models.registry().model(NAME, version);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private RunQueue queue(GatePolicy policy) {
    Training training =
        new Training(
            ENGINE,
            history,
            models,
            RowPlan.standard(),
            TrainingPlan.standard(),
            policy,
            () -> now,
            "test");
    RunQueue made = new RunQueue(training::run, () -> log.size(), book, () -> now, end -> {});
    made.lead(RunJournal.NONE, trait -> Optional.empty());
    return made;
  }

  private Watchman watchman(GatePolicy policy) {
    return new Watchman(
        ENGINE,
        watch,
        new Schedule(SchedulePolicy.STANDARD),
        new ShadowReviews(
            models.registry(),
            book,
            queue,
            new ShadowTrial(ENGINE, history, RowPlan.standard()),
            policy,
            DAY),
        book,
        queue,
        () -> log.size(),
        () -> now);
  }

  private void measured(String version, double drift, double logLoss) {
    OutcomeQuality atEvents =
        OutcomeQuality.newBuilder()
            .setLabelled(2_000)
            .setLogLoss(logLoss)
            .setCalibration(List.of())
            .build();
    VersionQuality quality =
        VersionQuality.newBuilder()
            .setVersion(version)
            .setNewestAsOf(NIGHT)
            .setExamples(2_000)
            .setOverall(atEvents)
            .setAtEvents(atEvents)
            .setStability(new PopulationStability(2_000L, drift, Map.of()))
            .build();
    models
        .registry()
        .status(
            NAME + "/instance",
            ModelStatus.newBuilder()
                .setTrait(NAME)
                .setInstance("instance")
                .setVersion(version)
                .setOutcome(ModelOutcome.LIVE)
                .setLiveVersion(version)
                .setDecidedAt(now)
                .setMeasurement(new ModelMeasurement(now, List.of(), List.of(quality)))
                .build());
  }

  private static List<Entry> until(List<Entry> log, Instant end) {
    return log.stream().filter(it -> it.event().getOccurredAt().isBefore(end)).toList();
  }

  /** From then on everybody does what somebody else does. */
  private static List<Entry> changedFrom(Instant change) {
    List<Entry> before = until(LOG, change);
    List<Entry> after = LOG.subList(before.size(), LOG.size());
    List<Integer> places = new ArrayList<>(IntStream.range(0, after.size()).boxed().toList());
    Collections.shuffle(places, new Random(3));
    List<Entry> changed = new ArrayList<>(before);
    for (int i = 0; i < after.size(); i++) {
      changed.add(new Entry(after.get(places.get(i)).profileId(), after.get(i).logged()));
    }
    return List.copyOf(changed);
  }

  private final class Growing implements History {
    @Override
    public long length() {
      return log.size();
    }

    @Override
    public void replay(HistoryVisitor visitor) {
      Histories.of(List.of(log)).replay(visitor);
    }
  }
}
