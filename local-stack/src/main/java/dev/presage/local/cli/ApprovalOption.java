package dev.presage.local.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who decides; it goes into the record of the model. */
final class ApprovalOption {

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who decides that, for the record. Default: the name of this machine's user.")
  private @Nullable String name;

  String name() {
    return name == null ? System.getProperty("user.name", "somebody") : name;
  }
}
