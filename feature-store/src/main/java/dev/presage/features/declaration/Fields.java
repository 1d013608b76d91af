package dev.presage.features.declaration;

import dev.presage.schemas.settings.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of one mapping, checked against those that there can be. */
final class Fields {
  private final String of;
  private final Place place;
  private final Problems problems;
  private final Map<String, YamlNode.Entry> entries = new HashMap<>();

  private Fields(String of, Place place, Problems problems) {
    this.of = of;
    this.place = place;
    this.problems = problems;
  }

  /**
   * Opens a node that should be a mapping.
   *
   * @param of what it describes, for messages: {@code series 'orders'}
   */
  static Fields of(String of, YamlNode node, List<Key> keys, Problems problems) {
    List<String> known = Key.names(keys);
    Fields fields = new Fields(of, node.place(), problems);
    if (!(node instanceof YamlNode.Mapping mapping)) {
      problems.add(
          node.place(),
          of
              + " must be a mapping with the keys "
              + String.join(", ", known)
              + ", here is "
              + node.described());
      return fields;
    }
    for (YamlNode.Entry entry : mapping.entries()) {
      if (known.contains(entry.key())) {
        fields.entries.put(entry.key(), entry);
      } else {
        problems.add(
            entry.place(),
            "unknown key '"
                + entry.key()
                + "' in "
                + of
                + Suggestion.of(entry.key(), known, it -> "'" + it + "'"));
      }
    }
    return fields;
  }

  /** Returns what it describes, as it is called in messages. */
  String of() {
    return of;
  }

  Place place() {
    return place;
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Returns the node of a key, if the key is there. */
  Optional<YamlNode> node(String key) {
    return Optional.ofNullable(entries.get(key)).map(YamlNode.Entry::value);
  }

  /** Returns the place of a key's value, or of the whole mapping where the key is absent. */
  Place place(String key) {
    YamlNode.Entry entry = entries.get(key);
    return entry == null ? place : entry.value().place();
  }

  /** Returns the text of a key, if it is there and is one. */
  Optional<String> text(String key) {
    YamlNode.@Nullable Entry entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.value() instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
      return Optional.of(scalar.text().strip());
    }
    problems.add(
        entry.value().place(),
        "'" + key + "' of " + of + " must be a text, here is " + entry.value().described());
    return Optional.empty();
  }

  /** Returns the text of a key; it is a problem where it is absent. */
  Optional<String> required(String key) {
    if (!has(key)) {
      problems.add(place, of + " needs the key '" + key + "'");
    }
    return text(key);
  }

  Optional<Duration> duration(String key) {
    Optional<String> text = text(key);
    Optional<Duration> duration = text.flatMap(Durations::parse);
    if (text.isPresent() && duration.isEmpty()) {
      problems.add(
          place(key),
          "'"
              + key
              + "' of "
              + of
              + " must be a duration "
              + Durations.EXAMPLES
              + ", here is '"
              + text.get()
              + "'");
    }
    return duration;
  }

  /**
   * Returns the texts of a key that can have one or a list of them; none where it is absent.
   *
   * @param mustBe what the value must be, for messages
   */
  List<YamlNode.Scalar> texts(String key, String mustBe) {
    Optional<YamlNode> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    List<YamlNode> items =
        node.get() instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node.get());
    List<YamlNode.Scalar> texts = new ArrayList<>();
    for (YamlNode item : items) {
      if (item instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
        texts.add(scalar);
      } else {
        problems.add(
            item.place(),
            "'" + key + "' of " + of + " must be " + mustBe + ", here is " + item.described());
      }
    }
    if (items.isEmpty()) {
      problems.add(
          place(key), "'" + key + "' of " + of + " must be " + mustBe + ", here is an empty list");
    }
    return texts;
  }

  /** Returns a number between two, both included. */
  Optional<Integer> wholeNumber(String key, int least, int greatest) {
    Optional<String> text = text(key);
    Optional<Integer> number =
        text.filter(it -> it.matches("[0-9]{1,9}"))
            .map(Integer::valueOf)
            .filter(it -> it >= least && it <= greatest);
    if (text.isPresent() && number.isEmpty()) {
      problems.add(
          place(key),
          "'"
              + key
              + "' of "
              + of
              + " must be a whole number from "
              + least
              + " to "
              + greatest
              + ", here is '"
              + text.get()
              + "'");
    }
    return number;
  }
}
