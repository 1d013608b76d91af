package dev.presage.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.local.console.Console;
import dev.presage.local.explain.ExplanationTable;
import dev.presage.local.explain.FeatureSheet;
import dev.presage.local.explain.ProfilesClient;
import dev.presage.local.explain.TerminalText;
import dev.presage.local.installation.Addresses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Why the features of a profile are what they are. */
@Command(
    name = "explain",
    description = {
      "Prints every feature of a profile: its value, the events and tiles that made it, and how"
          + " far it can be off.",
      "",
      "The newest 64 events of a series are held one by one; older ones are in tiles. A feature"
          + " over a series that is new says from when on it is complete.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./presage features explain 17850",
      "  ./presage features explain 17850 --as-of 2011-09-01",
      "  ./presage features explain 17850 --feature orders_30d",
      "  ./presage features explain 17850 --json | jq '.features[] | select(.exact | not)'"
    })
final class FeaturesExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private FeaturesCommand features;

  @Parameters(paramLabel = "ID", description = "The canonical ID of the profile.")
  private String id;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Event time at which the features are to hold. Default: the newest event of the profile.")
  private @Nullable Instant asOf;

  @Option(
      names = "--feature",
      paramLabel = "NAME",
      description = "Only this feature, in full; can be given several times.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Everything, as the HTTP API answers it.")
  private boolean json;

  @Option(
      names = "--streams-app",
      paramLabel = "URL",
      description = "The streams application. Default: that of the running 'up' or 'demo'.")
  private @Nullable URI url;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Data folder of the 'up' or 'demo' that is meant, where it is not the default.")
  private @Nullable Path dataDir;

  @Override
  public Integer call() {
    if (json && !names.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--json prints every feature; leave --feature out");
    }
    Console console = features.presage().console();
    URI address = RunningAddresses.choose(url, dataDir, Addresses::streamsApp, "--streams-app");
    try (ProfilesClient client = new ProfilesClient(address)) {
      JsonNode answer = client.features(id, asOf);
      if (json) {
        console.raw(TerminalText.of(answer.toString()));
      } else if (names.isEmpty()) {
        ExplanationTable.lines(answer).forEach(console::raw);
      } else {
        chosen(answer).forEach(feature -> FeatureSheet.lines(feature).forEach(console::raw));
      }
    }
    return 0;
  }

  private List<JsonNode> chosen(JsonNode answer) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    for (JsonNode feature : answer.path("features")) {
      byName.put(feature.path("name").asText(), feature);
    }
    for (String name : names) {
      if (!byName.containsKey(name)) {
        throw new ParameterException(
            spec.commandLine(),
            TerminalText.of(
                "There is no feature %s; there are %s"
                    .formatted(name, String.join(", ", byName.keySet()))));
      }
    }
    return names.stream().map(byName::get).toList();
  }
}
