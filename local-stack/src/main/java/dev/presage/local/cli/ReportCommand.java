package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.retrainer.ReportTables;
import dev.presage.local.retrainer.RetrainerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What the last training run of a trait found out. */
@Command(
    name = "report",
    description = {
      "Shows what the last training run of a trait found out: how good the model is and for whom,"
          + " beside its baseline and the model that was live, with intervals.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./presage report likelihood-to-repurchase-30d",
      "  ./presage report likelihood-to-repurchase-30d --html report.html"
    })
final class ReportCommand implements Callable<Integer> {

  @ParentCommand private PresageCommand presage;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @ArgGroup private @Nullable Format format;

  /** One of them at most. */
  static final class Format {
    @Option(
        names = "--html",
        paramLabel = "FILE",
        description = "Write a page with plots to this file instead.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Everything, as JSON.")
    private boolean json;
  }

  @Override
  public Integer call() throws IOException {
    Console console = presage.console();
    Path html = format == null ? null : format.html;
    try (RetrainerClient retrainer = retrainers.connect()) {
      if (html != null) {
        Files.writeString(html, retrainer.reportPage(trait));
        console.line("Written to " + html);
      } else if (format != null && format.json) {
        console.raw(retrainer.report(trait).toString());
      } else {
        ReportTables.lines(retrainer.report(trait)).forEach(console::raw);
      }
    }
    return 0;
  }
}
