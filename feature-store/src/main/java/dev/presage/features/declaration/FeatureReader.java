package dev.presage.features.declaration;

import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.expression.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads what is under {@code features:}. */
final class FeatureReader {
  private final AggregatedReader aggregated;
  private final Problems problems;
  private final Map<String, Place> places = new HashMap<>();

  FeatureReader(AggregatedReader aggregated, Problems problems) {
    this.aggregated = aggregated;
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
    Fields fields = Fields.of("feature '" + name + "'", entry.value(), Key.FEATURE, problems);
    if (!(entry.value() instanceof YamlNode.Mapping)) {
      return Optional.empty();
    }
    if (!fields.has("expression")) {
      return aggregated.read(name, fields);
    }
    for (String other : Key.names(Key.FEATURE)) {
      if (!other.equals("expression") && fields.has(other)) {
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
}
