package dev.presage.scoring.runtime;

import dev.presage.schemas.settings.SettingsReader;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;

/** Runs a topology with the settings of the streams application, each of them the same. */
public final class ComparedTopology {
  private ComparedTopology() {}

  /**
   * Runs it until this JVM is told to end.
   *
   * @param topology made of the settings, which are read as the streams application reads them
   * @throws java.util.concurrent.CompletionException when it ends by itself
   */
  public static void run(Function<ScoringSettings, Topology> topology) {
    ScoringSettings settings =
        ScoringSettings.read(
            SettingsReader.ofProcess("presage.", System.getProperties(), System.getenv()));
    StreamsRunner runner = new StreamsRunner(topology.apply(settings), settings);
    Runtime.getRuntime().addShutdownHook(new Thread(runner::close, "close"));
    runner.start();
    runner.ended().join();
  }
}
