package dev.presage.features.declaration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes the JSON Schema of declarations, for editors. It says what can be said of one key, one
 * series or one feature; what holds them together only {@link DeclarationReader} knows.
 */
final class DeclarationsSchema {
  private static final Object NEVER = false;

  private DeclarationsSchema() {}

  static String text() {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(file()) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("maps and lists can be written", e);
    }
  }

  private static Map<String, Object> file() {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    file.put("title", "Features of Presage");
    file.put(
        "description",
        "What is tracked of the events of a profile, and which numbers are computed from it.");
    file.putAll(mapping(Key.FILE));
    file.put("required", List.of("features"));
    file.put("anyOf", List.of(required("series"), required("track")));
    file.put(
        "$defs",
        ordered(
            "name", ordered("type", "string", "pattern", "^" + Names.FORM.pattern() + "$"),
            "text", ordered("type", List.of("string", "number", "boolean"), "pattern", "\\S"),
            "duration", ordered("type", "string", "pattern", "^" + Durations.FORM.pattern() + "$"),
            "hours", hours(),
            "track", mapping(Key.TRACK),
            "series", series(),
            "feature", feature()));
    return file;
  }

  private static Map<String, Object> series() {
    Map<String, Object> series = mapping(Key.SERIES);
    series.put("required", List.of("event"));
    series.put("not", Map.of("required", List.of("property", "identifier")));
    return series;
  }

  private static Map<String, Object> feature() {
    Map<String, Object> feature = mapping(Key.FEATURE);
    Map<String, Object> onlyExpression = new LinkedHashMap<>();
    for (String key : Key.names(Key.FEATURE)) {
      if (!key.equals("expression")) {
        onlyExpression.put(key, NEVER);
      }
    }
    List<Object> rules = new ArrayList<>();
    for (Parameter parameter : Parameter.values()) {
      String key = parameter.yamlName();
      Map<String, Object> rule =
          where(aggregate -> aggregate.parameter().filter(parameter::equals).isPresent());
      if (parameter.isRequired()) {
        rule.put("then", required(key));
      }
      rule.put("else", never(key));
      rules.add(rule);
    }
    Map<String, Object> overAllTime =
        where(aggregate -> aggregate.span() == Aggregate.Span.ALL_TIME);
    overAllTime.put("then", never("window"));
    overAllTime.put("else", required("window"));
    rules.add(overAllTime);
    Map<String, Object> withTheOneBefore =
        where(aggregate -> aggregate.span() == Aggregate.Span.WINDOW_AND_THE_ONE_BEFORE);
    withTheOneBefore.put("then", properties("window", ref("duration")));
    rules.add(withTheOneBefore);
    feature.put("if", required("expression"));
    feature.put("then", ordered("properties", onlyExpression));
    feature.put("else", ordered("required", List.of("aggregate", "series"), "allOf", rules));
    return feature;
  }

  private static Map<String, Object> where(Predicate<Aggregate> which) {
    List<String> names =
        Arrays.stream(Aggregate.values()).filter(which).map(Aggregate::yamlName).toList();
    return ordered(
        "if",
        ordered(
            "properties", Map.of("aggregate", Map.of("enum", names)),
            "required", List.of("aggregate")));
  }

  private static Map<String, Object> mapping(List<Key> keys) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Key key : keys) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", description(key));
      property.putAll(form(key.form()));
      properties.put(key.name(), property);
    }
    return ordered("type", "object", "properties", properties, "additionalProperties", NEVER);
  }

  private static String description(Key key) {
    String without =
        key.without().startsWith("required")
            ? key.without().replaceFirst("required", "Required")
            : "Without it: " + key.without();
    return key.says() + ". " + without + ".";
  }

  private static Map<String, Object> form(Key.Form form) {
    return switch (form) {
      case TEXT -> ref("text");
      case NAME -> ref("name");
      case DURATION -> ref("duration");
      case WINDOW ->
          ordered("anyOf", List.of(Map.of("const", Durations.LIFETIME), ref("duration")));
      case TIME_ZONE -> ordered("type", "string", "examples", List.of("UTC", "Europe/Berlin"));
      case TRACK -> ordered("anyOf", List.of(Map.of("const", "all"), ref("track")));
      case ALL -> ordered("const", "all");
      case TEXTS -> oneOrMore(ref("text"));
      case AT_MOST -> between(1, Tracking.MAX_AT_MOST);
      case K -> between(1, Parameter.MAX_K);
      case SERIES -> named("series");
      case FEATURES -> named("feature");
      case WEEKDAYS -> oneOrMore(Map.of("enum", CalendarReader.WEEKDAYS));
      case HOURS -> oneOrMore(ref("hours"));
      case AGGREGATE ->
          ordered(
              "oneOf",
              Arrays.stream(Aggregate.values())
                  .map(it -> ordered("const", it.yamlName(), "description", it.gives()))
                  .toList());
    };
  }

  private static Map<String, Object> hours() {
    Map<String, Object> hours = between(0, 23);
    hours.put("type", List.of("integer", "string"));
    hours.put("pattern", "^(?:" + CalendarReader.HOURS.pattern() + ")$");
    return hours;
  }

  private static Map<String, Object> named(String definition) {
    return ordered(
        "type",
        "object",
        "minProperties",
        1,
        "propertyNames",
        ref("name"),
        "additionalProperties",
        ref(definition));
  }

  private static Map<String, Object> oneOrMore(Map<String, Object> item) {
    return ordered("anyOf", List.of(item, ordered("type", "array", "minItems", 1, "items", item)));
  }

  private static Map<String, Object> between(int least, int greatest) {
    return ordered("type", "integer", "minimum", least, "maximum", greatest);
  }

  private static Map<String, Object> ref(String definition) {
    return ordered("$ref", "#/$defs/" + definition);
  }

  private static Map<String, Object> required(String key) {
    return ordered("required", List.of(key));
  }

  private static Map<String, Object> never(String key) {
    return properties(key, NEVER);
  }

  private static Map<String, Object> properties(String key, Object schema) {
    return ordered("properties", ordered(key, schema));
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      ordered.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return ordered;
  }
}
