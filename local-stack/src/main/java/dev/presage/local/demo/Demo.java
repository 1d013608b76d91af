package dev.presage.local.demo;

import dev.presage.local.connection.Connection;
import dev.presage.local.console.Console;
import dev.presage.local.console.Progress;
import dev.presage.local.installation.Installation;
import dev.presage.local.installation.ScoringProgress;
import dev.presage.local.play.EventPlayer;
import dev.presage.local.play.PlayOptions;
import dev.presage.local.play.PlayReport;
import dev.presage.local.retrainer.Quality;
import dev.presage.local.retrainer.QualityTable;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.RunFollower;
import dev.presage.local.retrainer.SnapshotQuality;
import dev.presage.local.retrainer.TrainingRun;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.ModelStatus;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/**
 * The main job on a running installation: history is played, a model is trained on it and swapped
 * in while the stream runs, the rest is played and scored, and the scores are held against what
 * happened: those at each event, and those that a consumer held once a week of all customers.
 */
public final class Demo {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
  private static final int LIVE_LINES_PER_SECOND = 6;
  private static final int PROGRESS_UNITS = 1_000;

  private final Installation installation;
  private final DemoOptions options;
  private final Console console;
  private final Topics topics = Topics.unprefixed();
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  public Demo(Installation installation, DemoOptions options, Console console) {
    this.installation = installation;
    this.options = options;
    this.console = console;
  }

  /**
   * Runs it.
   *
   * @throws DemoException when a step does not come to its end
   */
  public DemoSummary run() {
    Connection connection = installation.connection();
    LiveLines lines = new LiveLines(console, LIVE_LINES_PER_SECOND);
    try (Producer<String, Event> producer = connection.producer(Event.class);
        Admin admin = connection.admin();
        RetrainerClient retrainer = new RetrainerClient(installation.addresses().retrainer());
        ScoringProgress progress = new ScoringProgress(installation.streamsApp().url());
        LiveFeed feed = new LiveFeed(connection, InstantSource.system(), lines)) {
      Patience patience =
          new Patience(
              LONGEST_WAIT,
              () -> {
                installation.requireRunning();
                feed.requireWatching();
              });
      EventPlayer player = new EventPlayer(producer, topics.events());
      ConsumedOffsets consumed = new ConsumedOffsets(admin);

      console.step(
          "1. Orders before %s are played as fast as they go".formatted(date(options.cut())));
      long events = timed("history", () -> playHistory(player, consumed, patience));

      console.step("2. The retrainer trains %s on that history".formatted(options.trait()));
      TrainingRun run = timed("training", () -> train(retrainer));

      console.step("3. The streams application verifies the model and swaps it in");
      String version = run.modelVersion().orElseThrow();
      timed("acceptance", () -> awaitAccepted(feed, version, patience));
      timed("sweep", () -> awaitSettled(progress, patience));

      console.step("4. The rest of the orders are played; every event scores its customer");
      events += timed("rest", () -> playRest(player, consumed, patience));
      timed("silence", () -> awaitOutputs(progress, feed, patience));
      lines.end();

      console.step("5. What was foretold is held against what happened");
      Quality live = timed("quality", () -> retrainer.liveQuality(options.trait(), options.cut()));
      SnapshotQuality weekly =
          timed("weekly", () -> retrainer.snapshotQuality(options.trait(), options.cut()));

      console.step("6. A device turns out to be a customer's, who then asks to be forgotten");
      timed("people", () -> people(producer, feed, patience));

      console.step("7. Summary");
      return summary(events, feed, version, live, weekly);
    }
  }

  private long playHistory(EventPlayer player, ConsumedOffsets consumed, Patience patience) {
    PlayReport report = play(player, PlayOptions.everything().until(options.cut()), "Playing");
    awaitProcessed(consumed, patience);
    console.line(
        String.format(Locale.ROOT, "   %,d events; features are kept per customer", report.sent()));
    return report.sent();
  }

  private long playRest(EventPlayer player, ConsumedOffsets consumed, Patience patience) {
    PlayReport report =
        player.play(
            options.sample(),
            options.mapping(),
            PlayOptions.everything().from(options.cut()),
            bytes -> installation.requireRunning());
    awaitProcessed(consumed, patience);
    console.line(String.format(Locale.ROOT, "   %,d events", report.sent()));
    return report.sent();
  }

  private static boolean awaitOutputs(ScoringProgress progress, LiveFeed feed, Patience patience) {
    awaitSettled(progress, patience);
    feed.wantCaughtUp();
    patience.await("all outputs were read", feed::isCaughtUp);
    return true;
  }

  private PlayReport play(EventPlayer player, PlayOptions what, String task) {
    try (Progress progress = console.progress(task, options.sample().size())) {
      return player.play(
          options.sample(),
          options.mapping(),
          what,
          bytes -> {
            installation.requireRunning();
            progress.advance(bytes);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + options.sample().path(), e);
    }
  }

  /** The log is complete once the events are consumed, as one transaction does both. */
  private void awaitProcessed(ConsumedOffsets consumed, Patience patience) {
    patience.await("all events were taken in", () -> consumed.lag(topics.events()) == 0);
    patience.await("all profiles were up to date", () -> consumed.lag(topics.profileLog()) == 0);
  }

  private static boolean awaitSettled(ScoringProgress progress, Patience patience) {
    patience.await("those who sent nothing were scored, too", progress::isSettled);
    return true;
  }

  private boolean people(Producer<String, Event> producer, LiveFeed feed, Patience patience) {
    TraitUpdate customer =
        feed.newest().orElseThrow(() -> new DemoException("No customer was scored"));
    try (People people =
        new People(installation.streamsApp().url(), producer, topics.events(), feed, patience)) {
      people.link(customer);
      console.line(
          "   An order of a device, and one that names device and customer: the device's profile"
              + " moved to customer "
              + customer.getCanonicalId());
      people.erase(customer.getCanonicalId());
      console.line(
          "   The customer was erased under both IDs; values have tombstones, later events are"
              + " dropped");
    }
    return true;
  }

  private TrainingRun train(RetrainerClient retrainer) {
    TrainingRun started = retrainer.start(options.trait());
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
      throw new DemoException(
          "The training run %s ended as %s: %s".formatted(run.id(), run.state(), run.reason()));
    }
    console.line("   Published model " + run.modelVersion().orElse("?") + "; on held-out future:");
    run.evaluation()
        .ifPresent(it -> QualityTable.figures(it).forEach(line -> console.line("   " + line)));
    return run;
  }

  private ModelStatus awaitAccepted(LiveFeed feed, String version, Patience patience) {
    patience.await(
        "the streams application decided on model " + version,
        () -> feed.status(version).isPresent());
    ModelStatus status = feed.status(version).orElseThrow();
    if (status.getOutcome() != ModelOutcome.LIVE) {
      throw new DemoException(
          "The streams application did not take model %s: %s, %s %s"
              .formatted(version, status.getOutcome(), status.getCode(), status.getReason()));
    }
    console.line("   Model " + version + " is live on instance " + status.getInstance());
    return status;
  }

  private DemoSummary summary(
      long events, LiveFeed feed, String version, Quality live, SnapshotQuality weekly) {
    double streaming = seconds.getOrDefault("history", 0.0) + seconds.getOrDefault("rest", 0.0);
    return new DemoSummary(
        events,
        events / streaming,
        feed.traitUpdates(),
        feed.traitUpdates(Cause.SILENCE),
        feed.traitUpdates(Cause.MERGE),
        feed.segmentChanges(),
        feed.triggers(),
        feed.heldTriggers(),
        feed.deadLetters(),
        feed.swapMillis(version)
            .orElseThrow(() -> new DemoException("No trait update was scored by model " + version)),
        version,
        live,
        weekly,
        seconds);
  }

  private static LocalDate date(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private <T> T timed(String step, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    seconds.put(step, (System.nanoTime() - start) / 1e9);
    return result;
  }
}
