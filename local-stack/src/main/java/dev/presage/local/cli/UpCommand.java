package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.definitions.RefusedDefinitions;
import dev.presage.local.installation.Definitions;
import dev.presage.local.installation.Installation;
import dev.presage.local.installation.InstallationOptions;
import dev.presage.local.installation.ProjectHome;
import dev.presage.schemas.avro.DefinitionStatus;
import dev.presage.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs everything, without data of its own. */
@Command(
    name = "up",
    description = {
      "Starts a broker, a schema registry, the streams application and the retrainer on this"
          + " machine, and stays until Ctrl-C. Data are kept for the next time.",
      "",
      "Addresses: broker 9092, registry 8081, streams application 8080, retrainer 8090, each where"
          + " it is free, else another port. They are printed, and other commands find them.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./presage up",
      "  ./presage up --definitions my-shop      with your own features, traits and segments"
    })
final class UpCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @ParentCommand private PresageCommand presage;

  @Option(
      names = "--definitions",
      paramLabel = "DIR",
      description =
          "Folder with features.yaml, traits.yaml and segments.yaml. Default: local-stack/demo.")
  private @Nullable Path definitions;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data and logs are kept. Default: .presage/up in the project's folder.")
  private @Nullable Path dataDir;

  @Override
  public Integer call() {
    Console console = presage.console();
    Path home = ProjectHome.find();
    Path data = (dataDir == null ? DataFolder.UP.in(home) : dataDir).toAbsolutePath();
    Definitions declared =
        Definitions.read(definitions == null ? home.resolve("local-stack/demo") : definitions);
    Instant start = InstantSource.system().instant();
    try (UntilInterrupted interrupted = new UntilInterrupted(console)) {
      Installation installation =
          Installation.start(
              InstallationOptions.on(home, data, declared),
              interrupted.resources(),
              said -> console.line(said + " …"));
      console.step("Everything is up");
      AddressTable.show(console, installation.addresses(), data);
      showRefusals(console, installation, declared, start);
      console.line("");
      console.line("Ctrl-C ends it.");
      interrupted.stay(installation::requireRunning);
      return 0;
    }
  }

  private static void showRefusals(
      Console console, Installation installation, Definitions declared, Instant since) {
    RefusedDefinitions refused =
        new RefusedDefinitions(installation.connection(), Topics.unprefixed(), PATIENCE);
    for (DefinitionStatus refusal :
        refused.among(declared.traits(), declared.segmentations(), since)) {
      console.line("");
      RefusedDefinitions.lines(refusal).forEach(console::raw);
    }
  }
}
