package dev.presage.local.results;

import dev.presage.local.connection.Connection;
import dev.presage.local.console.Console;
import dev.presage.local.console.Progress;
import dev.presage.local.demo.ConsumedOffsets;
import dev.presage.local.demo.Patience;
import dev.presage.local.installation.Installation;
import dev.presage.local.play.EventMapping;
import dev.presage.local.play.EventPlayer;
import dev.presage.local.play.PlayOptions;
import dev.presage.local.play.PlayReport;
import dev.presage.local.play.SourceFile;
import dev.presage.local.retrainer.RetrainerClient;
import dev.presage.local.retrainer.RunFollower;
import dev.presage.local.retrainer.TrainingRun;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/**
 * What models are worth on real orders, on a running installation: all of them are played, every
 * trait is trained, and each run's own evaluation on its held-out last part is the result.
 */
public final class Results {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final int PROGRESS_UNITS = 1_000;

  private final Installation installation;
  private final Console console;
  private final Topics topics = Topics.unprefixed();

  /** Runs nothing yet. */
  public Results(Installation installation, Console console) {
    this.installation = installation;
    this.console = console;
  }

  /**
   * Plays orders and trains traits.
   *
   * @throws dev.presage.local.demo.DemoException when a step does not come to its end
   */
  public List<TraitResult> of(
      SourceFile orders, EventMapping mapping, List<TraitDefinition> traits) {
    Connection connection = installation.connection();
    Patience patience = new Patience(LONGEST_WAIT, installation::requireRunning);
    List<TraitResult> results = new ArrayList<>();
    try (Producer<String, Event> producer = connection.producer(Event.class);
        Admin admin = connection.admin();
        RetrainerClient retrainer = new RetrainerClient(installation.addresses().retrainer())) {
      console.step("1. All orders are played");
      play(new EventPlayer(producer, topics.events()), orders, mapping);
      ConsumedOffsets consumed = new ConsumedOffsets(admin);
      patience.await("all events were taken in", () -> consumed.lag(topics.events()) == 0);
      patience.await("all profiles were up to date", () -> consumed.lag(topics.profileLog()) == 0);
      patience.await("all traits were defined", () -> retrainer.traits().size() >= traits.size());
      int step = 2;
      for (TraitDefinition trait : traits) {
        console.step("%d. %s is trained".formatted(step++, trait.getTrait()));
        results.add(train(retrainer, trait.getTrait()));
      }
    }
    return results;
  }

  private void play(EventPlayer player, SourceFile orders, EventMapping mapping) {
    try (Progress progress = console.progress("Playing", orders.size())) {
      PlayReport report =
          player.play(
              orders,
              mapping,
              PlayOptions.everything(),
              bytes -> {
                installation.requireRunning();
                progress.advance(bytes);
              });
      console.line(String.format(Locale.ROOT, "   %,d events", report.sent()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + orders.path(), e);
    }
  }

  private TraitResult train(RetrainerClient retrainer, String trait) {
    TrainingRun started = retrainer.start(trait);
    try (Progress progress = console.progress("Training", PROGRESS_UNITS)) {
      TrainingRun run =
          new RunFollower(retrainer)
              .follow(
                  started.id(),
                  it -> {
                    installation.requireRunning();
                    progress.at(Math.round(it.progress() * PROGRESS_UNITS), it.step());
                  });
      console.line("   %s: %s".formatted(run.state(), run.reason()));
    }
    return new TraitResult(retrainer.wholeRun(started.id()), retrainer.report(trait));
  }
}
