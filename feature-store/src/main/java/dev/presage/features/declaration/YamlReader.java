package dev.presage.features.declaration;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one YAML document, keeping the place of each part; a key that stands twice is a problem.
 */
final class YamlReader {
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final Problems problems;

  YamlReader(Problems problems) {
    this.problems = problems;
  }

  /** Returns the document, or nothing where it cannot be parsed, which is a problem then. */
  Optional<YamlNode> read(String text) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return Optional.of(new YamlNode.Empty(new Place(1, 1)));
      }
      YamlNode root = node(parser, token);
      if (parser.nextToken() != null) {
        problems.add(place(parser), "a second document; one file holds one document");
      }
      return Optional.of(root);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      problems.add(
          at == null ? new Place(1, 1) : place(at),
          "not YAML: " + firstLine(e.getOriginalMessage()));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a string", e);
    }
  }

  private YamlNode node(YAMLParser parser, @Nullable JsonToken token) throws IOException {
    Place place = place(parser);
    if (parser.isCurrentAlias()) {
      problems.add(place, "an alias (*" + parser.getText() + "); write the value out");
      return new YamlNode.Empty(place);
    }
    return switch (token) {
      case START_OBJECT -> mapping(parser, place);
      case START_ARRAY -> sequence(parser, place);
      case VALUE_NULL -> new YamlNode.Empty(place);
      case null -> throw new JsonProcessingExceptionAtEnd(parser);
      default -> new YamlNode.Scalar(place, parser.getText());
    };
  }

  private YamlNode mapping(YAMLParser parser, Place place) throws IOException {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      Place keyPlace = place(parser);
      YamlNode value = node(parser, parser.nextToken());
      if (keys.add(key)) {
        entries.add(new YamlNode.Entry(key, keyPlace, value));
      } else {
        problems.add(keyPlace, "'" + key + "' stands here for the second time");
      }
    }
    return new YamlNode.Mapping(place, List.copyOf(entries));
  }

  private YamlNode sequence(YAMLParser parser, Place place) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(parser, token));
    }
    return new YamlNode.Sequence(place, List.copyOf(items));
  }

  private static Place place(JsonParser parser) {
    return place(parser.currentTokenLocation());
  }

  private static Place place(JsonLocation location) {
    return new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  /** The document ends inside a mapping or a list. */
  private static final class JsonProcessingExceptionAtEnd extends JsonProcessingException {
    private static final long serialVersionUID = 1;

    JsonProcessingExceptionAtEnd(JsonParser parser) {
      super("unexpected end", parser.currentLocation());
    }
  }
}
