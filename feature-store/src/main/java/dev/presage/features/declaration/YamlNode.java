package dev.presage.features.declaration;

import java.util.List;

/** A part of a YAML document that knows where it stands. */
sealed interface YamlNode {
  Place place();

  record Scalar(Place place, String text) implements YamlNode {}

  /** A key without a value. */
  record Empty(Place place) implements YamlNode {}

  record Sequence(Place place, List<YamlNode> items) implements YamlNode {}

  record Mapping(Place place, List<Entry> entries) implements YamlNode {}

  record Entry(String key, Place place, YamlNode value) {}

  /** Says in words what this is. */
  default String described() {
    return switch (this) {
      case Scalar scalar -> "'" + scalar.text() + "'";
      case Empty _ -> "nothing";
      case Sequence _ -> "a list";
      case Mapping _ -> "a mapping";
    };
  }
}
