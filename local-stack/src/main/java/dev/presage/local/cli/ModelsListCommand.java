package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.retrainer.ModelTables;
import dev.presage.local.retrainer.ModelVersion;
import dev.presage.local.retrainer.RetrainerClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Which versions there are. */
@Command(
    name = "list",
    description = {
      "Lists the versions of models, those that were published last at the end: what each is used"
          + " for, on how many instances it scores, how good it was on held-out rows, and what its"
          + " scores were worth in service, where that was measured.",
      ""
    },
    footer = {"", "Example:", "  ./presage models list likelihood-to-repurchase-30d"})
final class ModelsListCommand implements Callable<Integer> {

  @ParentCommand private ModelsCommand models;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(paramLabel = "TRAIT", arity = "0..1", description = "Of this trait only.")
  private @Nullable String trait;

  @Option(names = "--json", description = "Everything, a line of JSON for each version.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = models.presage().console();
    try (RetrainerClient retrainer = retrainers.connect()) {
      List<ModelVersion> versions = retrainer.models(Optional.ofNullable(trait));
      if (json) {
        versions.forEach(it -> console.raw(it.json().toString()));
      } else {
        ModelTables.list(versions).forEach(console::raw);
      }
    }
    return 0;
  }
}
