package dev.presage.features.declaration;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is under {@code track:}. */
final class TrackingReader {
  private static final String ALL = "all";

  private final Problems problems;

  TrackingReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Returns how every event type is tracked.
   *
   * @param series the series that are declared; the properties that they name are tracked, too
   */
  Optional<Tracking> read(YamlNode node, List<SeriesDefinition> series) {
    List<String> properties = new ArrayList<>();
    for (SeriesDefinition definition : series) {
      if (definition.kind() == Kind.NUMBERS && definition.property() != null) {
        properties.add(definition.property());
      }
    }
    if (node instanceof YamlNode.Scalar scalar && scalar.text().strip().equals(ALL)) {
      return Optional.of(new Tracking(properties, Tracking.DEFAULT_AT_MOST));
    }
    if (!(node instanceof YamlNode.Mapping)) {
      problems.add(
          node.place(),
          "'track' must be 'all' or a mapping with the keys "
              + String.join(", ", Key.names(Key.TRACK))
              + ", here is "
              + node.described());
      return Optional.empty();
    }
    Fields fields = Fields.of("'track'", node, Key.TRACK, problems);
    Optional<String> events = fields.text("events");
    if (events.isPresent() && !events.get().equals(ALL)) {
      problems.add(
          fields.place("events"),
          "'events' of 'track' must be 'all', here is '"
              + events.get()
              + "'; a single event type is tracked by a series");
    }
    fields
        .texts("properties", "the name of a property, or a list of names")
        .forEach(name -> properties.add(name.text().strip()));
    int atMost =
        fields.wholeNumber("at_most", 1, Tracking.MAX_AT_MOST).orElse(Tracking.DEFAULT_AT_MOST);
    return Optional.of(new Tracking(properties, atMost));
  }
}
