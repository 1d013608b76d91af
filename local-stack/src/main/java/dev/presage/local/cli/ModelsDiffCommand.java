package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.retrainer.DiffTables;
import dev.presage.local.retrainer.RetrainerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What differs between two versions. */
@Command(
    name = "diff",
    description = {
      "Shows what differs between two versions of a trait's model: stage, figures with their"
          + " intervals and differences, features, calibration, parameters, lineage.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./presage models diff likelihood-to-repurchase-30d my-model-1 my-model-2",
      "  ./presage models diff likelihood-to-repurchase-30d v1 v2 --html diff.html"
    })
final class ModelsDiffCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private ModelsCommand models;

  @Mixin private RetrainerOptions retrainers;

  @Parameters(index = "0", paramLabel = "TRAIT", description = "The trait.")
  private String trait;

  @Parameters(index = "1", paramLabel = "VERSION", description = "The one version.")
  private String from;

  @Parameters(index = "2", paramLabel = "VERSION", description = "The other.")
  private String to;

  @ArgGroup private @Nullable Format format;

  /** One of them at most. */
  static final class Format {
    @Option(names = "--html", paramLabel = "FILE", description = "Write a page to this file.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Everything, as JSON.")
    private boolean json;
  }

  @Override
  public Integer call() throws IOException {
    Console console = models.presage().console();
    Path html = format == null ? null : format.html;
    OutputFile.check(spec, "page", html);
    try (RetrainerClient retrainer = retrainers.connect()) {
      if (html != null) {
        Files.writeString(html, retrainer.modelDiffPage(trait, from, to));
        console.line("Written to " + html);
      } else if (format != null && format.json) {
        console.raw(retrainer.modelDiff(trait, from, to).toString());
      } else {
        DiffTables.lines(retrainer.modelDiff(trait, from, to)).forEach(console::raw);
      }
    }
    return 0;
  }
}
