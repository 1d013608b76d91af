package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.retrainer.ModelTables;
import dev.presage.local.retrainer.ModelVersion;
import dev.presage.local.retrainer.RetrainerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** All about a version. */
@Command(
    name = "show",
    description = {
      "Shows a version of a model: where it comes from, its figures, and what every instance"
          + " decided last.",
      ""
    },
    footer = {"", "Example:", "  ./presage models show likelihood-to-repurchase-30d my-model-1"})
final class ModelsShowCommand implements Callable<Integer> {

  @ParentCommand private ModelsCommand models;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(index = "0", paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Parameters(index = "1", paramLabel = "VERSION", description = "The version.")
  private String version;

  @Option(names = "--json", description = "Everything, as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Console console = models.presage().console();
    try (RetrainerClient retrainer = retrainers.connect()) {
      ModelVersion model = retrainer.model(trait, version);
      if (json) {
        console.raw(model.json().toString());
      } else {
        ModelTables.show(model).forEach(console::raw);
      }
    }
    return 0;
  }
}
