package dev.presage.local.yaml;

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
    List<String> problems = new ArrayList<>();
    List<YamlObject> objects = new ArrayList<>();
    T value = reading.apply(new YamlObject("", root(file), problems, objects));
    objects.forEach(YamlObject::reportUnknownKeys);
    if (!problems.isEmpty()) {
      throw new InvalidFileException(file, problems);
    }
    return value;
  }

  private static JsonNode root(Path file) {
    try {
      JsonNode root = READER.readTree(Files.readString(file));
      if (!root.isObject()) {
        throw new InvalidFileException(file, List.of("Expected keys with values at the top"));
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new InvalidFileException(
          file,
          List.of(
              "Line %d, column %d: %s"
                  .formatted(
                      e.getLocation().getLineNr(),
                      e.getLocation().getColumnNr(),
                      e.getOriginalMessage())));
    } catch (IOException e) {
      throw new InvalidFileException(file, List.of("It cannot be read: " + e));
    }
  }
}
