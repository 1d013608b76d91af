package dev.presage.local.cli;

import dev.presage.local.installation.Addresses;
import dev.presage.local.retrainer.RetrainerClient;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the retrainer is. */
final class RetrainerOptions {

  @Option(
      names = "--retrainer",
      paramLabel = "URL",
      description = "The retrainer. Default: that of the running 'up' or 'demo'.")
  private @Nullable URI url;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data folder of the 'up' or 'demo' that is meant, where it is not the default.")
  private @Nullable Path dataDir;

  RetrainerClient connect() {
    return new RetrainerClient(
        RunningAddresses.choose(url, dataDir, Addresses::retrainer, "--retrainer"));
  }
}
