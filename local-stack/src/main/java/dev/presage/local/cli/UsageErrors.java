package dev.presage.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and where to read on. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

  private final PresageCommand command;

  UsageErrors(PresageCommand command) {
    this.command = command;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    command.console().error(String.valueOf(e.getMessage()));
    UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr().printf("Try './%s --help'.%n", line.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }
}
