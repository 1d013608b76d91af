package dev.presage.local.cli;

import dev.presage.local.retrainer.Decisions;
import dev.presage.local.retrainer.RetrainerClient;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Moves a version to a stage. */
@Command(
    name = "promote",
    description = {
      "Makes a version the one that scores its trait, or moves it to another stage. A version that"
          + " was retired can come back.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  ./presage models promote likelihood-to-repurchase-30d my-model-1 --to canary --share 0.1"
    })
final class ModelsPromoteCommand implements Callable<Integer> {

  @ParentCommand private ModelsCommand models;

  @Mixin private RetrainerOptions retrainers;

  @Mixin private ApprovalOption approval;

  @Parameters(index = "0", paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Parameters(index = "1", paramLabel = "VERSION", description = "The version.")
  private String version;

  @Option(
      names = "--to",
      paramLabel = "STAGE",
      description = "live (the default), canary or shadow.")
  private ModelStage stage = ModelStage.LIVE;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      description = "The share of customers that a canary scores, 0 to 1. Default: as it is, 0.05.")
  private @Nullable Double share;

  @Override
  public Integer call() {
    try (RetrainerClient retrainer = retrainers.connect()) {
      return ModelChange.report(
          models.presage().console(),
          Decisions.after(
              retrainer,
              trait,
              () ->
                  retrainer.move(
                      trait, version, stage.name(), Optional.ofNullable(share), approval.name())));
    }
  }
}
