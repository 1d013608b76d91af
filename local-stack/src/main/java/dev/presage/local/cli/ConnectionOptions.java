package dev.presage.local.cli;

import dev.presage.local.connection.Connection;
import dev.presage.local.installation.Addresses;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where broker and registry are. */
final class ConnectionOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The broker. Default: that of the running 'up' or 'demo'.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "The schema registry's Confluent API. Default: as above.")
  private @Nullable URI registry;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data folder of the 'up' or 'demo' that is meant, where it is not the default.")
  private @Nullable Path dataDir;

  Connection connect() {
    return Connection.open(
        RunningAddresses.choose(
            bootstrapServers, dataDir, Addresses::broker, "--bootstrap-servers"),
        RunningAddresses.choose(registry, dataDir, Addresses::registry, "--registry"));
  }
}
