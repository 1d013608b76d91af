package dev.presage.local.cli;

import dev.presage.local.retrainer.Decisions;
import dev.presage.local.retrainer.RetrainerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Goes back to the version before. */
@Command(
    name = "rollback",
    description = {
      "Retires the version that scores a trait, so that the one that was live before it scores"
          + " again.",
      ""
    },
    footer = {"", "Example:", "  ./presage models rollback likelihood-to-repurchase-30d"})
final class ModelsRollbackCommand implements Callable<Integer> {

  @ParentCommand private ModelsCommand models;

  @Mixin private RetrainerOptions retrainers;

  @Mixin private ApprovalOption approval;

  @Parameters(paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Override
  public Integer call() {
    try (RetrainerClient retrainer = retrainers.connect()) {
      return ModelChange.report(
          models.presage().console(),
          Decisions.after(retrainer, trait, () -> retrainer.rollBack(trait, approval.name())));
    }
  }
}
