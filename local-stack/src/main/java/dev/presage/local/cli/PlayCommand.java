package dev.presage.local.cli;

import dev.presage.local.connection.Connection;
import dev.presage.local.console.Console;
import dev.presage.local.console.Progress;
import dev.presage.local.installation.ProjectHome;
import dev.presage.local.play.EventMapping;
import dev.presage.local.play.EventMappingFile;
import dev.presage.local.play.EventPlayer;
import dev.presage.local.play.FileFormat;
import dev.presage.local.play.PlayOptions;
import dev.presage.local.play.PlayOptions.OnBadLine;
import dev.presage.local.play.PlayReport;
import dev.presage.local.play.SourceFile;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Sends a file to {@code events}. */
@Command(
    name = "play",
    description = {
      "Sends the lines of a file as events to the topic 'events', in the order of the file.",
      "",
      "A mapping file says which column is what; local-stack/demo/mapping.yaml is one to copy. The"
          + " key of an event is its userId, else its anonymousId.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./presage play local-stack/demo/invoices.csv.gz --until 2011-09-01",
      "  ./presage play orders.jsonl --mapping mapping.yaml --rate 200/s",
      "  ./presage play orders.csv --mapping mapping.yaml --on-bad-line skip"
    })
final class PlayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private PresageCommand presage;

  @Mixin private ConnectionOptions connection;

  @Parameters(
      paramLabel = "FILE",
      description =
          "CSV with a header (*.csv) or one JSON object a line (*.jsonl, *.ndjson, *.json), in"
              + " UTF-8, compressed where *.gz.")
  private Path file;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "How lines become events. Default: local-stack/demo/mapping.yaml.")
  private @Nullable Path mapping;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}. Default: as the file's name says.")
  private @Nullable FileFormat format;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Only events that occurred at this time or later.")
  private Instant from = Instant.MIN;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Only events that occurred before this time.")
  private Instant until = Instant.MAX;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = Rate.Converter.class,
      description = "Events a second. Default: as fast as it goes.")
  private @Nullable Rate rate;

  @Option(
      names = "--on-bad-line",
      paramLabel = "WHAT",
      description =
          "What happens at a line that cannot become an event: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private OnBadLine onBadLine = OnBadLine.STOP;

  @Override
  public Integer call() throws IOException {
    PlayOptions options = options();
    SourceFile source = source();
    EventMapping eventMapping =
        EventMappingFile.read(
            mapping == null
                ? ProjectHome.find().resolve("local-stack/demo/mapping.yaml")
                : mapping);
    String topic = Topics.unprefixed().events();
    Connection to = connection.connect();
    to.requireTopic(topic);
    Console console = presage.console();
    PlayReport report;
    try (Producer<String, Event> producer = to.producer(Event.class);
        Progress progress = console.progress("Playing", source.size())) {
      report =
          new EventPlayer(producer, topic).play(source, eventMapping, options, progress::advance);
    }
    console.line(
        String.format(
            Locale.ROOT,
            "%,d events sent to %s at %s",
            report.sent(),
            topic,
            to.bootstrapServers()));
    if (report.outside() > 0) {
      console.line(String.format(Locale.ROOT, "%,d outside the times asked for", report.outside()));
    }
    if (report.bad() > 0) {
      console.line(String.format(Locale.ROOT, "%,d bad lines left out:", report.bad()));
      report.firstBad().forEach(line -> console.raw("  " + line));
      if (report.bad() > report.firstBad().size()) {
        console.raw("  …");
      }
    }
    return 0;
  }

  private PlayOptions options() {
    try {
      return new PlayOptions(
          from,
          until,
          rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate.perSecond()),
          onBadLine);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), Objects.requireNonNull(e.getMessage()));
    }
  }

  private SourceFile source() {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(spec.commandLine(), "There is no file " + file);
    }
    FileFormat known =
        format != null
            ? format
            : FileFormat.of(file)
                .orElseThrow(
                    () ->
                        new ParameterException(
                            spec.commandLine(),
                            "The name of %s does not say its format; give --format csv or jsonl"
                                .formatted(file)));
    return new SourceFile(file, known);
  }
}
