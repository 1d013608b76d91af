package dev.presage.features.declaration;

import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.expression.Scope;
import dev.presage.schemas.settings.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what is under {@code features:}. */
final class FeatureReader {
  private static final List<String> KEYS = List.of("aggregate", "series", "window", "expression");

  private final Problems problems;
  private final Map<String, SeriesDefinition> series;
  private final Set<String> seriesNames;
  private final Map<String, Place> places = new HashMap<>();

  /**
   * @param series the series that are right
   * @param seriesNames the names of all of them, so that a wrong one is not reported twice
   */
  FeatureReader(Map<String, SeriesDefinition> series, Set<String> seriesNames, Problems problems) {
    this.series = series;
    this.seriesNames = seriesNames;
    this.problems = problems;
  }

  /** Returns the features that are right, by name. */
  List<FeatureDefinition> read(YamlNode.Mapping node) {
    TreeSet<String> names = new TreeSet<>();
    node.entries().forEach(entry -> names.add(entry.key()));
    Scope scope = Scope.of(List.copyOf(names));
    Map<String, FeatureDefinition> read = new HashMap<>();
    for (YamlNode.Entry entry : node.entries()) {
      places.put(entry.key(), entry.place());
      if (Names.check("a feature", entry.key(), entry.place(), problems)) {
        feature(entry, scope).ifPresent(feature -> read.put(entry.key(), feature));
      }
    }
    return names.stream().filter(read::containsKey).map(read::get).toList();
  }

  /** Returns where a feature is declared. */
  Place place(String feature) {
    return places.getOrDefault(feature, new Place(1, 1));
  }

  private Optional<? extends FeatureDefinition> feature(YamlNode.Entry entry, Scope scope) {
    String name = entry.key();
    Fields fields = Fields.of("feature '" + name + "'", entry.value(), KEYS, problems);
    if (!(entry.value() instanceof YamlNode.Mapping)) {
      return Optional.empty();
    }
    if (!fields.has("expression")) {
      return aggregated(name, fields);
    }
    for (String other : List.of("aggregate", "series", "window")) {
      if (fields.has(other)) {
        problems.add(
            fields.place(other),
            "feature '" + name + "' has an expression, so it cannot have the key '" + other + "'");
      }
    }
    return fields.text("expression").flatMap(cel -> computed(name, cel, fields, scope));
  }

  private Optional<FeatureDefinition> computed(
      String name, String cel, Fields fields, Scope scope) {
    try {
      return Optional.of(new FeatureDefinition.Computed(name, Expression.number(cel, scope)));
    } catch (InvalidExpressionException e) {
      problems.add(
          fields.place("expression"),
          "the expression of feature '" + name + "' cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<FeatureDefinition> aggregated(String name, Fields fields) {
    Optional<Aggregate> aggregate = aggregate(fields);
    Optional<SeriesDefinition> over = series(fields);
    Optional<Long> window = window(name, fields);
    if (aggregate.isEmpty() || over.isEmpty() || window.isEmpty()) {
      return Optional.empty();
    }
    check(name, fields, aggregate.get(), over.get(), window.get());
    return Optional.of(
        new FeatureDefinition.Aggregated(
            name, aggregate.get(), over.get(), window.get(), FeatureDefinition.Parameters.NONE));
  }

  private Optional<Aggregate> aggregate(Fields fields) {
    Optional<String> name = fields.required("aggregate");
    Optional<Aggregate> aggregate = name.flatMap(Aggregate::named);
    if (name.isPresent() && aggregate.isEmpty()) {
      problems.add(
          fields.place("aggregate"),
          "unknown aggregate '"
              + name.get()
              + "'"
              + Suggestion.of(name.get(), Aggregate.yamlNames(), it -> "'" + it + "'"));
    }
    return aggregate;
  }

  private Optional<SeriesDefinition> series(Fields fields) {
    Optional<String> name = fields.required("series");
    if (name.isPresent() && !seriesNames.contains(name.get())) {
      problems.add(
          fields.place("series"),
          "unknown series '"
              + name.get()
              + "'"
              + Suggestion.of(name.get(), seriesNames, it -> "'" + it + "'"));
    }
    return name.map(series::get);
  }

  private Optional<Long> window(String feature, Fields fields) {
    Optional<String> text = fields.required("window");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().equals(Durations.LIFETIME)) {
      return Optional.of(FeatureDefinition.Aggregated.LIFETIME);
    }
    Optional<Duration> window = Durations.parse(text.get());
    if (window.isEmpty()) {
      problems.add(
          fields.place("window"),
          "'window' of feature '"
              + feature
              + "' must be 'lifetime' or a duration "
              + Durations.EXAMPLES
              + ", here is '"
              + text.get()
              + "'");
    }
    return window.map(Duration::toMillis);
  }

  private void check(
      String name, Fields fields, Aggregate aggregate, SeriesDefinition over, long windowMillis) {
    if (!aggregate.takes(over.kind())) {
      List<String> withoutProperty = new ArrayList<>();
      for (Aggregate other : Aggregate.values()) {
        if (other.takes(over.kind())) {
          withoutProperty.add(other.yamlName());
        }
      }
      problems.add(
          fields.place("aggregate"),
          "'"
              + aggregate.yamlName()
              + "' of feature '"
              + name
              + "' needs numbers, but series '"
              + over.name()
              + "' has no 'property'; without one there are "
              + String.join(", ", withoutProperty));
    }
    if (windowMillis != FeatureDefinition.Aggregated.LIFETIME
        && windowMillis > over.retention().toMillis()) {
      String window = Durations.text(Duration.ofMillis(windowMillis));
      problems.add(
          fields.place("window"),
          "window "
              + window
              + " of feature '"
              + name
              + "' is longer than the retention "
              + Durations.text(over.retention())
              + " of series '"
              + over.name()
              + "'; give the series 'retention: "
              + window
              + "'");
    }
  }
}
