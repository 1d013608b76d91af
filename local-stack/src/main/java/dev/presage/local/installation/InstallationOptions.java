package dev.presage.local.installation;

import dev.presage.local.process.LoopbackPorts;
import java.nio.file.Path;

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
 */
public record InstallationOptions(
    Path home,
    Path data,
    Definitions definitions,
    int brokerPort,
    int registryPort,
    int streamsAppPort,
    int retrainerPort) {

  /** The well-known ports where they are free, else others. */
  public static InstallationOptions on(Path home, Path data, Definitions definitions) {
    return new InstallationOptions(
        home,
        data,
        definitions,
        LoopbackPorts.freeOr(9092),
        LoopbackPorts.freeOr(8081),
        LoopbackPorts.freeOr(8080),
        LoopbackPorts.freeOr(8090));
  }
}
