package dev.presage.local.cli;

import picocli.CommandLine.Option;

/** Who decides; it goes into the record of the model. */
final class ApprovalOption {

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Who decides that, for the record. Default: the name of this machine's user.")
  private String name;

  String name() {
    return name;
  }
}
