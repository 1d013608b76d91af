package dev.presage.features.declaration;

import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads declarations from YAML and checks them as a whole. */
public final class DeclarationReader {
  static final Duration DEFAULT_DEDUPLICATION = Duration.ofHours(24);
  static final ZoneId DEFAULT_TIME_ZONE = ZoneId.of("UTC");

  private final Problems problems;

  private DeclarationReader(String source) {
    this.problems = new Problems(source);
  }

  /** What came of a text: declarations where there is no problem, else every problem. */
  public sealed interface Result {
    /** The text is right. */
    record Right(Declarations declarations) implements Result {}

    /** The text is wrong; the problems are in the order of the text. */
    record Wrong(List<Problem> problems) implements Result {}
  }

  /**
   * Reads declarations.
   *
   * @param source the name of the file, for messages
   */
  public static Result read(String yaml, String source) {
    DeclarationReader reader = new DeclarationReader(source);
    Optional<Declarations> declarations =
        new YamlReader(reader.problems).read(yaml).flatMap(reader::declarations);
    if (reader.problems.isEmpty() && declarations.isPresent()) {
      return new Result.Right(declarations.get());
    }
    return new Result.Wrong(reader.problems.sorted());
  }

  private Optional<Declarations> declarations(YamlNode root) {
    Fields fields = Fields.of("the file", root, Key.FILE, problems);
    String entity = fields.text("entity").orElse("customer");
    if (fields.has("entity")) {
      Names.check("an entity type", entity, fields.place("entity"), problems);
    }
    Duration deduplication = fields.duration("deduplication").orElse(DEFAULT_DEDUPLICATION);
    ZoneId zone =
        fields
            .text("time_zone")
            .flatMap(name -> CalendarReader.zone(name, fields.place("time_zone"), problems))
            .orElse(DEFAULT_TIME_ZONE);
    CalendarReader calendars = new CalendarReader(zone, problems);
    YamlNode.Mapping seriesNode = seriesSection(fields, root);
    SeriesPool pool = new SeriesReader(calendars, problems).read(seriesNode);
    Optional<Tracking> tracking =
        fields.node("track").flatMap(node -> new TrackingReader(problems).read(node, pool.all()));
    Set<String> seriesNames = new HashSet<>();
    seriesNode.entries().forEach(entry -> seriesNames.add(entry.key()));
    FeatureReader featureReader =
        new FeatureReader(new AggregatedReader(pool, seriesNames, calendars, problems), problems);
    List<FeatureDefinition> features = featureReader.read(section("features", fields, root));
    ComputedOrder computed = ComputedOrder.of(features);
    for (List<String> cycle : computed.cycles()) {
      problems.add(
          featureReader.place(cycle.getFirst()),
          "expressions go round in a circle: " + String.join(" → ", cycle));
    }
    return problems.isEmpty()
        ? Optional.of(
            new Declarations(
                entity, deduplication, pool.all(), features, computed.order(), tracking))
        : Optional.empty();
  }

  private YamlNode.Mapping seriesSection(Fields fields, YamlNode root) {
    return fields.has("track") && !fields.has("series")
        ? new YamlNode.Mapping(root.place(), List.of())
        : section("series", fields, root);
  }

  private YamlNode.Mapping section(String key, Fields fields, YamlNode root) {
    Optional<YamlNode> node = fields.node(key);
    if (node.isPresent() && node.get() instanceof YamlNode.Mapping mapping) {
      if (mapping.entries().isEmpty()) {
        problems.add(mapping.place(), "'" + key + "' is empty; declare at least one");
      }
      return mapping;
    }
    if (root instanceof YamlNode.Mapping) {
      problems.add(
          fields.place(key),
          node.map(
                  value ->
                      "'" + key + "' must map names to definitions, here is " + value.described())
              .orElse("the file needs the key '" + key + "'"));
    }
    return new YamlNode.Mapping(root.place(), List.of());
  }
}
