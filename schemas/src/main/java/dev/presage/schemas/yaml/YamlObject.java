package dev.presage.schemas.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.schemas.settings.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Keys with values in a YAML file. A key that no method has asked for is a problem. */
public final class YamlObject {

  private final String place;
  private final JsonNode node;
  private final List<String> problems;
  private final List<YamlObject> all;
  private final TreeSet<String> asked = new TreeSet<>();
  private final Map<String, YamlObject> children = new HashMap<>();

  YamlObject(String place, JsonNode node, List<String> problems, List<YamlObject> all) {
    this.place = place;
    this.node = node;
    this.problems = problems;
    this.all = all;
    all.add(this);
  }

  /** A text that must be there. */
  public String text(String key) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty() && !node.path(key).isContainerNode()) {
      problem(key, "is missing");
    }
    return text.orElse("");
  }

  /** A text, or nothing. Numbers and booleans count as their text. */
  public Optional<String> optionalText(String key) {
    JsonNode value = ask(key);
    if (value.isContainerNode()) {
      problem(key, "must be a single value");
      return Optional.empty();
    }
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }

  /**
   * A parsed text, or the default where the key is not there.
   *
   * @param parser throws {@link IllegalArgumentException} or {@link java.time.DateTimeException}
   *     for a text that it does not take
   * @param expected what the parser takes, for the message
   */
  public <T> T parsed(String key, T otherwise, Function<String, T> parser, String expected) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return parser.apply(text.get());
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      problem(key, "is '" + text.get() + "'; expected " + expected);
      return otherwise;
    }
  }

  /** Whether the key is there. */
  public boolean has(String key) {
    return !ask(key).isMissingNode();
  }

  /** The object of a key that must be there. */
  public YamlObject object(String key) {
    JsonNode value = ask(key);
    if (!value.isObject()) {
      problem(key, value.isMissingNode() ? "is missing" : "must have keys with values");
    }
    return child(key, value);
  }

  /** The list of objects of a key that must be there, with at least one. */
  public List<YamlObject> objects(String key) {
    JsonNode value = ask(key);
    List<YamlObject> objects = new ArrayList<>();
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      objects.add(child(key + "[" + i + "]", value.get(i)));
    }
    if (objects.isEmpty()) {
      problem(key, value.isMissingNode() ? "is missing" : "must be a list with at least one entry");
    }
    return objects;
  }

  /** The objects of a key: a list, a single one without its brackets, or none. */
  public List<YamlObject> optionalObjects(String key) {
    JsonNode value = ask(key);
    if (value.isMissingNode() || (value.isArray() && value.isEmpty())) {
      return List.of();
    }
    return value.isObject() ? List.of(child(key, value)) : objects(key);
  }

  /** The texts of a key: a list, a single one without its brackets, or none. */
  public List<String> texts(String key) {
    JsonNode value = ask(key);
    if (!value.isArray()) {
      return optionalText(key).map(List::of).orElse(List.of());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : value) {
      if (each.isContainerNode() || each.isNull()) {
        problem(key, "must be a list of single values");
        return List.of();
      }
      texts.add(each.asText());
    }
    return texts;
  }

  /** Yes or no, or the default where the key is not there. */
  public boolean flag(String key, boolean otherwise) {
    return parsed(
        key,
        otherwise,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither");
            },
        "true or false");
  }

  /** The object of a key, if the key is there. */
  public Optional<YamlObject> optionalObject(String key) {
    return has(key) ? Optional.of(object(key)) : Optional.empty();
  }

  /**
   * The single values of all keys of this object, as they are written: a boolean, a long, a double
   * or a string.
   */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      JsonNode value = ask(key);
      if (value.isTextual()) {
        values.put(key, value.textValue());
      } else if (value.isBoolean()) {
        values.put(key, value.booleanValue());
      } else if (value.isIntegralNumber() && value.canConvertToLong()) {
        values.put(key, value.longValue());
      } else if (value.isFloatingPointNumber() && Double.isFinite(value.doubleValue())) {
        values.put(key, value.doubleValue());
      } else {
        problem(key, "must be a text, a number, true or false");
      }
    }
    return values;
  }

  /** The objects of all keys of this object, in the order of the file. */
  public Map<String, YamlObject> entries() {
    Map<String, YamlObject> entries = new LinkedHashMap<>();
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      entries.put(key, object(key));
    }
    return entries;
  }

  /** Reports a problem of the value of a key, a phrase that follows the key. */
  public void problem(String key, String phrase) {
    problems.add(place(key) + " " + phrase);
  }

  void reportUnknownKeys() {
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!asked.contains(key)) {
        problem(key, "is not known" + Suggestion.of(key, asked, it -> it));
      }
    }
  }

  /** The same object each time, as it remembers which keys were asked for. */
  private YamlObject child(String name, JsonNode value) {
    return children.computeIfAbsent(name, it -> new YamlObject(place(it), value, problems, all));
  }

  private JsonNode ask(String key) {
    asked.add(key);
    return node.path(key);
  }

  private String place(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }
}
