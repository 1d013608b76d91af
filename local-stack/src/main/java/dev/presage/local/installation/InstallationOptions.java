package dev.presage.local.installation;

import dev.presage.local.process.LoopbackPorts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How an installation is started.
 *
 * @param home the project's folder
 * @param data folder of data and logs
 * @param definitions what is declared
 * @param brokerPort port of the broker
 * @param registryPort port of the registry
 * @param streamsAppPort HTTP port of the streams application
 * @param retrainerPort HTTP port of the retrainer
 * @param streamsAppSettings settings of the streams application beside those that follow from here
 * @param retrainerSettings the same of the retrainer
 */
public record InstallationOptions(
    Path home,
    Path data,
    Definitions definitions,
    int brokerPort,
    int registryPort,
    int streamsAppPort,
    int retrainerPort,
    Map<String, String> streamsAppSettings,
    Map<String, String> retrainerSettings) {

  public InstallationOptions {
    streamsAppSettings = Map.copyOf(streamsAppSettings);
    retrainerSettings = Map.copyOf(retrainerSettings);
  }

  /** The well-known ports where they are free, else others. */
  public static InstallationOptions on(Path home, Path data, Definitions definitions) {
    return new InstallationOptions(
        home,
        data,
        definitions,
        LoopbackPorts.freeOr(9092),
        LoopbackPorts.freeOr(8081),
        LoopbackPorts.freeOr(8080),
        LoopbackPorts.freeOr(8090),
        Map.of(),
        Map.of());
  }

  /**
   * The same for events of the past: they alone tell what time it is, and nothing is trained
   * because of what the clock on the wall says.
   */
  public InstallationOptions replayingThePast() {
    return new InstallationOptions(
        home,
        data,
        definitions,
        brokerPort,
        registryPort,
        streamsAppPort,
        retrainerPort,
        Map.of("presage.time.clock", "events"),
        Map.of("presage.schedule.enabled", "false"));
  }

  /** The same with further settings of the applications. */
  public InstallationOptions with(
      Map<String, String> moreOfTheStreamsApp, Map<String, String> moreOfTheRetrainer) {
    return new InstallationOptions(
        home,
        data,
        definitions,
        brokerPort,
        registryPort,
        streamsAppPort,
        retrainerPort,
        both(streamsAppSettings, moreOfTheStreamsApp),
        both(retrainerSettings, moreOfTheRetrainer));
  }

  private static Map<String, String> both(Map<String, String> some, Map<String, String> others) {
    Map<String, String> all = new HashMap<>(some);
    all.putAll(others);
    return all;
  }
}
