package dev.presage.retrain.files;

import dev.presage.retrain.files.EventSource.Form;
import dev.presage.schemas.yaml.YamlFile;
import dev.presage.schemas.yaml.YamlObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Says where the events are and which column is what; keys are named as the fields of an event.
 *
 * @param sources in the order in which events of one time come
 */
public record HistoryMapping(List<EventSource> sources) {
  /** At least one source. */
  public HistoryMapping {
    sources = List.copyOf(sources);
  }

  /**
   * Reads a mapping.
   *
   * @throws dev.presage.schemas.yaml.InvalidFileException with every problem
   */
  public static HistoryMapping read(Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    return YamlFile.read(file, top -> mapping(top, folder));
  }

  private static HistoryMapping mapping(YamlObject top, Path folder) {
    List<EventSource> sources = new ArrayList<>();
    for (YamlObject each : top.objects("sources")) {
      sources.add(source(each, folder));
    }
    return new HistoryMapping(sources);
  }

  private static EventSource source(YamlObject source, Path folder) {
    List<String> files = source.texts("files");
    if (files.isEmpty()) {
      source.problem("files", "is missing; expected names of files, such as orders/*.parquet");
    }
    Optional<String> type = source.optionalText("type");
    Optional<String> typeColumn = source.optionalText("typeColumn");
    if (type.isPresent() == typeColumn.isPresent()) {
      source.problem(
          "type", "and typeColumn are both there, or neither is; expected one of the two");
    }
    Map<String, String> properties = new LinkedHashMap<>();
    source
        .optionalObject("properties")
        .ifPresent(
            it -> it.values().forEach((name, column) -> properties.put(name, column.toString())));
    return new EventSource(
        files,
        folder,
        format(source, files),
        source.text("profile"),
        source.text("occurredAt"),
        unit(source),
        type,
        typeColumn,
        source.optionalText("eventId"),
        properties,
        forms(source, properties));
  }

  private static FileFormat format(YamlObject source, List<String> files) {
    FileFormat byEnding =
        files.stream().map(FileFormat::of).flatMap(Optional::stream).findFirst().orElse(null);
    if (byEnding == null && !source.has("format") && !files.isEmpty()) {
      source.problem(
          "format", "is missing, and the names of files do not end in .parquet, .csv or .avro");
    }
    return source.parsed(
        "format",
        byEnding == null ? FileFormat.PARQUET : byEnding,
        text -> FileFormat.valueOf(text.toUpperCase(Locale.ROOT)),
        "parquet, csv or avro");
  }

  private static Optional<TimeUnit> unit(YamlObject source) {
    return source.parsed(
        "unit",
        Optional.empty(),
        text ->
            Optional.of(
                switch (text) {
                  case "seconds" -> TimeUnit.SECONDS;
                  case "millis" -> TimeUnit.MILLISECONDS;
                  case "micros" -> TimeUnit.MICROSECONDS;
                  default -> throw new IllegalArgumentException("unknown");
                }),
        "seconds, millis or micros");
  }

  private static Map<String, Form> forms(YamlObject source, Map<String, String> properties) {
    Map<String, Form> forms = new LinkedHashMap<>();
    source
        .optionalObject("as")
        .ifPresent(
            it ->
                it.values()
                    .keySet()
                    .forEach(
                        property -> {
                          if (!properties.containsKey(property)) {
                            it.problem(property, "is not one of the properties");
                          }
                          forms.put(
                              property,
                              it.parsed(
                                  property,
                                  Form.AUTO,
                                  text -> Form.valueOf(text.toUpperCase(Locale.ROOT)),
                                  "text, number or flag"));
                        }));
    return forms;
  }
}
