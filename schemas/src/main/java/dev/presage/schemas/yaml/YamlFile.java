package dev.presage.schemas.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads a YAML file into values. */
public final class YamlFile {

  private static final ObjectReader READER =
      new YAMLMapper().reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private YamlFile() {}

  /**
   * Reads a file.
   *
   * @param reading makes the value of the top object; it goes on after a problem, with a value of
   *     no meaning in its place, so that all problems are found
   * @throws InvalidFileException when the file cannot be read, is not YAML, lacks something, or has
   *     a key that nobody asked for
   */
  public static <T> T read(Path file, Function<YamlObject, T> reading) {
    try {
      return parse(Files.readString(file), file.toString(), reading);
    } catch (IOException e) {
      throw new InvalidFileException(file.toString(), List.of("It cannot be read: " + e));
    }
  }

  /**
   * Reads YAML, or JSON, which is YAML as well, as {@link #read} reads a file.
   *
   * @param source where the text comes from, for the message
   * @throws InvalidFileException when it is not YAML, lacks something, or has a key that nobody
   *     asked for
   */
  public static <T> T parse(String text, String source, Function<YamlObject, T> reading) {
    List<String> problems = new ArrayList<>();
    List<YamlObject> objects = new ArrayList<>();
    T value = reading.apply(new YamlObject("", root(text, source), problems, objects));
    objects.forEach(YamlObject::reportUnknownKeys);
    if (!problems.isEmpty()) {
      throw new InvalidFileException(source, problems);
    }
    return value;
  }

  private static JsonNode root(String text, String source) {
    try {
      JsonNode root = READER.readTree(text);
      if (!root.isObject()) {
        throw new InvalidFileException(source, List.of("Expected keys with values at the top"));
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new InvalidFileException(
          source,
          List.of(
              "Line %d, column %d: %s"
                  .formatted(
                      e.getLocation().getLineNr(),
                      e.getLocation().getColumnNr(),
                      e.getOriginalMessage())));
    }
  }
}
