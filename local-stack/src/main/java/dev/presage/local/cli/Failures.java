package dev.presage.local.cli;

import dev.presage.local.cli.RunningAddresses.NothingRunsException;
import dev.presage.local.connection.UnknownTopicException;
import dev.presage.local.connection.UnreachableException;
import dev.presage.local.demo.DemoException;
import dev.presage.local.explain.ProfilesException;
import dev.presage.local.installation.InstallationException;
import dev.presage.local.play.BadInputException;
import dev.presage.local.process.ChildProcessException;
import dev.presage.local.retrainer.RetrainerException;
import dev.presage.local.stack.StackException;
import dev.presage.schemas.registry.RegistryException;
import dev.presage.schemas.topics.TopicMismatchException;
import dev.presage.schemas.yaml.InvalidFileException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says what went wrong, to the person who can mend it, and with which exit code. */
final class Failures implements CommandLine.IExecutionExceptionHandler {

  private static final int NOT_FOUND = 404;

  private final PresageCommand command;

  Failures(PresageCommand command) {
    this.command = command;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
    command.console().error(message(e));
    if (command.isVerbose()) {
      e.printStackTrace(line.getErr());
    }
    return code(e);
  }

  static int code(Exception e) {
    return switch (e) {
      case UnreachableException _, NothingRunsException _, RegistryException _ ->
          ExitCode.UNREACHABLE;
      case KafkaException k when isTimeout(k) -> ExitCode.UNREACHABLE;
      case BadInputException _, InvalidFileException _ -> ExitCode.BAD_INPUT;
      case UnknownTopicException _ -> ExitCode.USAGE;
      case ProfilesException p when p.status() == NOT_FOUND -> ExitCode.USAGE;
      case RetrainerException r when r.status() == NOT_FOUND -> ExitCode.USAGE;
      case RetrainerException r when !r.problems().isEmpty() -> ExitCode.BAD_INPUT;
      default -> ExitCode.FAILED;
    };
  }

  private static String message(Exception e) {
    return switch (e) {
      case UnreachableException u ->
          u.getMessage() + ". Is it running? './presage up' starts everything on this machine";
      case RetrainerException r when !r.problems().isEmpty() ->
          "The definitions are wrong, nothing was changed:\n  " + String.join("\n  ", r.problems());
      case NothingRunsException _,
          RegistryException _,
          KafkaException _,
          BadInputException _,
          InvalidFileException _,
          UnknownTopicException _,
          StackException _,
          InstallationException _,
          ChildProcessException _,
          DemoException _,
          ProfilesException _,
          RetrainerException _,
          TopicMismatchException _,
          UncheckedIOException _ ->
          String.valueOf(e.getMessage());
      default -> "this should not have happened: " + e + ". Run it again with --verbose for more";
    };
  }

  private static boolean isTimeout(@Nullable Throwable e) {
    return e != null && (e instanceof TimeoutException || isTimeout(e.getCause()));
  }
}
