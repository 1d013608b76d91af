package dev.presage.local.play;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. A field of a nested object is named {@code outer.inner}. */
final class JsonLinesSource implements LineSource {

  /** A second object on a line must not get lost. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final BufferedReader reader;
  private long number;

  JsonLinesSource(BufferedReader reader) {
    this.reader = reader;
  }

  @Override
  public @Nullable SourceLine next() throws IOException, BadLineException {
    String line = reader.readLine();
    number++;
    while (line != null && line.isBlank()) {
      line = reader.readLine();
      number++;
    }
    return line == null ? null : parse(line);
  }

  private SourceLine parse(String line) throws BadLineException {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (MismatchedInputException e) {
      throw new BadLineException(number, "has more than one JSON value; write each on its own");
    } catch (JsonProcessingException e) {
      throw new BadLineException(number, "is not JSON: " + e.getOriginalMessage());
    }
    if (!node.isObject()) {
      throw new BadLineException(number, "is not a JSON object");
    }
    Map<String, String> fields = new HashMap<>();
    flatten("", node, fields);
    return new SourceLine(number, fields);
  }

  private static void flatten(String prefix, JsonNode object, Map<String, String> fields) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      String name = prefix + field.getKey();
      if (value.isObject()) {
        flatten(name + ".", value, fields);
      } else if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
        fields.put(name, value.asText());
      }
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
