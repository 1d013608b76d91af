package dev.presage.local.play;

import dev.presage.local.play.EventMapping.Origin;
import dev.presage.local.play.EventMapping.Property;
import dev.presage.schemas.yaml.InvalidFileException;
import dev.presage.schemas.yaml.YamlFile;
import dev.presage.schemas.yaml.YamlObject;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an {@link EventMapping} from a YAML file such as {@code local-stack/demo/mapping.yaml}. */
public final class EventMappingFile {

  private EventMappingFile() {}

  /**
   * Reads a file.
   *
   * @throws InvalidFileException when the mapping is wrong, with every problem
   */
  public static EventMapping read(Path file) {
    return YamlFile.read(file, EventMappingFile::mapping);
  }

  private static EventMapping mapping(YamlObject root) {
    YamlObject time = root.object("occurredAt");
    @Nullable Origin userId = optionalOrigin(root, "userId");
    @Nullable Origin anonymousId = optionalOrigin(root, "anonymousId");
    if (userId == null && anonymousId == null) {
      root.problem("userId", "is missing, and so is anonymousId; one of them must be there");
      userId = new Origin(null, "");
    }
    return new EventMapping(
        optionalOrigin(root, "eventId"),
        origin(root.object("type")),
        origin(time),
        timeFormat(time),
        userId,
        anonymousId,
        root.has("properties") ? properties(root.object("properties")) : Map.of());
  }

  private static Map<String, Property> properties(YamlObject object) {
    Map<String, Property> properties = new LinkedHashMap<>();
    object
        .entries()
        .forEach(
            (name, property) ->
                properties.put(
                    name,
                    new Property(
                        origin(property),
                        property.parsed(
                            "type",
                            PropertyType.STRING,
                            text -> PropertyType.valueOf(text.toUpperCase(Locale.ROOT)),
                            "string, double, long or boolean"))));
    return properties;
  }

  private static TimeFormat timeFormat(YamlObject time) {
    ZoneId zone =
        time.parsed(
            "zone", (ZoneId) ZoneOffset.UTC, ZoneId::of, "a time zone such as Europe/London");
    return time.parsed(
        "format",
        TimeFormat.iso(),
        text -> TimeFormat.of(text, zone),
        "iso, epoch-millis, epoch-seconds or a pattern such as dd/MM/yyyy HH:mm");
  }

  private static @Nullable Origin optionalOrigin(YamlObject root, String key) {
    return root.has(key) ? origin(root.object(key)) : null;
  }

  private static Origin origin(YamlObject object) {
    @Nullable String column = object.optionalText("column").orElse(null);
    @Nullable String value = object.optionalText("value").orElse(null);
    if ((column == null) == (value == null)) {
      object.problem(
          "column", column == null ? "or value is missing" : "and value are both there; give one");
      return new Origin(null, "");
    }
    return new Origin(column, value);
  }
}
