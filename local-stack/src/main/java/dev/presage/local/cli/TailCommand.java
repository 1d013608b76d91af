package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.tail.TailOptions;
import dev.presage.local.tail.TopicTail;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows a topic. */
@Command(
    name = "tail",
    description = {
      "Prints the records of a topic, decoded, one JSON object a line, until Ctrl-C.",
      "",
      "Each has key, partition, offset, timestamp, value, and headers where there are some. What is"
          + " not Avro is shown as text, or as base64. Only what was committed is shown.",
      ""
    },
    footer = {
      "",
      "Topics to look at: events, trait-updates, segment-changes, model-status, dead-letters.",
      "",
      "Examples:",
      "  ./presage tail trait-updates",
      "  ./presage tail segment-changes --from-beginning --key 17850 --max 5",
      "  ./presage tail dead-letters --from-beginning | jq .headers"
    })
final class TailCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private PresageCommand presage;

  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "TOPIC", description = "The topic.")
  private String topic;

  @Option(
      names = "--from-beginning",
      description = "From the first record on. Default: what is written from now on.")
  private boolean fromBeginning;

  @Option(names = "--key", paramLabel = "ID", description = "Only records with this key.")
  private @Nullable String key;

  @Option(names = "--max", paramLabel = "N", description = "End after so many records.")
  private long max = Long.MAX_VALUE;

  @Override
  public Integer call() {
    if (max < 1) {
      throw new ParameterException(spec.commandLine(), "--max must be at least 1, got " + max);
    }
    Console console = presage.console();
    new TopicTail(connection.connect())
        .follow(
            new TailOptions(topic, fromBeginning, key, max),
            // A reader that went away, head for one, ends it.
            () -> !System.out.checkError(),
            console::raw);
    return 0;
  }
}
