package dev.presage.local.cli;

import dev.presage.local.retrainer.Decisions;
import dev.presage.local.retrainer.RetrainerClient;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes a version out of use. */
@Command(
    name = "retire",
    description = {
      "Takes a version out of use. Where it scored its trait, the version that was live before it"
          + " does so again; where there was none, the trait is scored no more.",
      ""
    },
    footer = {"", "Example:", "  ./presage models retire likelihood-to-repurchase-30d my-model-1"})
final class ModelsRetireCommand implements Callable<Integer> {

  @ParentCommand private ModelsCommand models;

  @Mixin private RetrainerOptions retrainers;

  @Mixin private ApprovalOption approval;

  @Parameters(index = "0", paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Parameters(index = "1", paramLabel = "VERSION", description = "The version.")
  private String version;

  @Override
  public Integer call() {
    try (RetrainerClient retrainer = retrainers.connect()) {
      return ModelChange.report(
          models.presage().console(),
          Decisions.after(
              retrainer,
              trait,
              () -> retrainer.move(trait, version, "RETIRED", Optional.empty(), approval.name())));
    }
  }
}
