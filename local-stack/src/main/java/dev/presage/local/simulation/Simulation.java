package dev.presage.local.simulation;

import dev.presage.local.connection.Connection;
import dev.presage.local.console.Console;
import dev.presage.local.console.Progress;
import dev.presage.local.demo.ConsumedOffsets;
import dev.presage.local.demo.Patience;
import dev.presage.local.installation.Installation;
import dev.presage.local.installation.ScoringProgress;
import dev.presage.local.retrainer.QualityTable;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.RunFollower;
import dev.presage.local.retrainer.TrainingRun;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A model learned from simulated customers, on a running installation: history is played, the trait
 * is trained, the rest is played and scored, and every score is held against the probability that
 * it was meant to find.
 */
public final class Simulation {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final int PROGRESS_UNITS = 1_000;

  private final Installation installation;
  private final SimulationOptions options;
  private final Console console;
  private final Topics topics = Topics.unprefixed();

  /** Runs nothing yet. */
  public Simulation(Installation installation, SimulationOptions options, Console console) {
    this.installation = installation;
    this.options = options;
    this.console = console;
  }

  /**
   * Runs it.
   *
   * @throws SimulationException when no model came out of it
   * @throws dev.presage.local.demo.DemoException when a step does not come to its end
   */
  public SimulationSummary run() {
    console.step("1. %,d customers are simulated".formatted(options.customers()));
    SimulatedShop shop = SimulatedShop.of(options);
    Connection connection = installation.connection();
    Patience patience = new Patience(LONGEST_WAIT, installation::requireRunning);
    try (Producer<String, Event> producer = connection.producer(Event.class);
        Admin admin = connection.admin();
        RetrainerClient retrainer = new RetrainerClient(installation.addresses().retrainer());
        ScoringProgress progress = new ScoringProgress(installation.streamsApp().url())) {
      ConsumedOffsets consumed = new ConsumedOffsets(admin);

      console.step("2. What they did in %d days is played".formatted(options.history().toDays()));
      long events = play(shop, options.start(), options.cut(), producer, consumed, patience);

      console.step("3. The retrainer trains " + SimulationOptions.TRAIT);
      String version = train(retrainer);
      awaitLive(connection, version, patience);
      patience.await("all customers were scored", progress::isSettled);

      console.step("4. The next %d days are played and scored".formatted(options.live().toDays()));
      events += play(shop, options.cut(), options.end(), producer, consumed, patience);
      patience.await("those who sent nothing were scored, too", progress::isSettled);

      console.step("5. Scores are held against the truth");
      return compare(shop, events, version);
    }
  }

  private long play(
      SimulatedShop shop,
      Instant from,
      Instant until,
      Producer<String, Event> producer,
      ConsumedOffsets consumed,
      Patience patience) {
    List<Event> events =
        shop.events().stream()
            .filter(it -> !it.getOccurredAt().isBefore(from) && it.getOccurredAt().isBefore(until))
            .toList();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    for (Event event : events) {
      var unused =
          producer.send(
              new ProducerRecord<>(topics.events(), event.getUserId(), event),
              (metadata, e) -> {
                if (e != null) {
                  failure.compareAndSet(null, e);
                }
              });
    }
    producer.flush();
    Exception problem = failure.get();
    if (problem != null) {
      throw new KafkaException("Writing to topic " + topics.events() + " failed", problem);
    }
    patience.await("all events were taken in", () -> consumed.lag(topics.events()) == 0);
    patience.await("all profiles were up to date", () -> consumed.lag(topics.profileLog()) == 0);
    console.line(String.format(Locale.ROOT, "   %,d events", events.size()));
    return events.size();
  }

  private String train(RetrainerClient retrainer) {
    TrainingRun started = retrainer.start(SimulationOptions.TRAIT);
    TrainingRun run;
    try (Progress progress = console.progress("Training", PROGRESS_UNITS)) {
      run =
          new RunFollower(retrainer)
              .follow(
                  started.id(),
                  it -> {
                    installation.requireRunning();
                    progress.at(Math.round(it.progress() * PROGRESS_UNITS), it.step());
                  });
    }
    if (!run.isPublished()) {
      throw new SimulationException(
          "The training run %s ended as %s: %s".formatted(run.id(), run.state(), run.reason()));
    }
    run.evaluation()
        .ifPresent(it -> QualityTable.figures(it).forEach(line -> console.line("   " + line)));
    return run.modelVersion().orElseThrow();
  }

  private void awaitLive(Connection connection, String version, Patience patience) {
    TopicReader reader = new TopicReader(connection);
    AtomicReference<@Nullable ModelStatus> decided = new AtomicReference<>();
    patience.await(
        "the streams application decided on model " + version,
        () -> {
          reader.read(
              topics.modelStatus(),
              ModelStatus.class,
              it -> {
                if (it.getVersion().equals(version)) {
                  decided.set(it);
                }
              });
          return decided.get() != null;
        });
    ModelStatus status = decided.get();
    if (status == null || status.getOutcome() != ModelOutcome.LIVE) {
      throw new SimulationException(
          "The streams application did not take model %s: %s".formatted(version, status));
    }
  }

  private SimulationSummary compare(SimulatedShop shop, long events, String version) {
    TruthComparison atEvents = new TruthComparison();
    TruthComparison afterSilence = new TruthComparison();
    new TopicReader(installation.connection())
        .read(
            topics.trainingExamples(),
            TrainingExample.class,
            it -> {
              // An example comes again when its label is known.
              if (it.getModelVersion().equals(version)
                  && it.getLabel() == null
                  && !it.getAsOf().isBefore(options.cut())) {
                if (it.getCause() == Cause.EVENT) {
                  add(shop, it, atEvents);
                } else if (it.getCause() == Cause.SILENCE) {
                  add(shop, it, afterSilence);
                }
              }
            });
    return new SimulationSummary(events, version, atEvents.figures(), afterSilence.figures());
  }

  private void add(SimulatedShop shop, TrainingExample example, TruthComparison comparison) {
    SimulatedCustomer customer =
        shop.customer(example.getCanonicalId())
            .orElseThrow(
                () ->
                    new SimulationException(
                        "Somebody who was not simulated was scored: " + example.getCanonicalId()));
    long asOf = example.getAsOf().toEpochMilli();
    comparison.add(
        example.getScore(),
        customer.orderProbability(asOf, options.horizon()),
        customer.ordersWithin(asOf, options.horizon()));
  }
}
