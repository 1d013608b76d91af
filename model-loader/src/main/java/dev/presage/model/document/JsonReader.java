package dev.presage.model.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON with Jackson's streaming parser. */
final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(ValueBudget.MAX_DEPTH)
                  .maxStringLength(ValueBudget.MAX_JSON_STRING)
                  .maxNameLength(1000)
                  .maxNumberLength(100)
                  .build())
          .build();

  /** The bits of a double that a float has not, and of these the highest. */
  private static final long BELOW_FLOAT = (1L << 29) - 1;

  private static final long HALF_OF_FLOAT = 1L << 28;

  private final ValueBudget budget;

  JsonReader(ValueBudget budget) {
    this.budget = budget;
  }

  Object read(ByteBuffer document) throws UnreadableDocumentException {
    byte[] bytes = new byte[document.remaining()];
    document.get(document.position(), bytes);
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      Object value = value(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new UnreadableDocumentException(
            "more follows the JSON document at byte " + parser.currentLocation().getByteOffset());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new UnreadableDocumentException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UnreadableDocumentException("not JSON: " + e.getMessage(), e);
    }
  }

  private Object value(JsonParser parser, @Nullable JsonToken token)
      throws IOException, UnreadableDocumentException {
    if (token == null) {
      throw new UnreadableDocumentException("the JSON document ends too early");
    }
    budget.spend();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NULL -> Node.NULL;
      default -> number(parser, token);
    };
  }

  private Map<String, Object> object(JsonParser parser)
      throws IOException, UnreadableDocumentException {
    Map<String, Object> members = new HashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (members.put(name, value(parser, parser.nextToken())) != null) {
        throw new UnreadableDocumentException("an object has two members named " + name);
      }
    }
    return members;
  }

  private Object array(JsonParser parser) throws IOException, UnreadableDocumentException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_ARRAY) {
      return Numbers.EMPTY;
    }
    return token != null && (token.isNumeric() || token.isBoolean())
        ? numbers(parser, token)
        : values(parser, token);
  }

  private Numbers numbers(JsonParser parser, @Nullable JsonToken first)
      throws IOException, UnreadableDocumentException {
    Numbers.Builder numbers = new Numbers.Builder();
    for (JsonToken token = first; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token == null) {
        throw new UnreadableDocumentException("the JSON document ends too early");
      }
      numbers.add(number(parser, token));
    }
    return numbers.build();
  }

  private List<Object> values(JsonParser parser, @Nullable JsonToken first)
      throws IOException, UnreadableDocumentException {
    List<Object> values = new ArrayList<>();
    for (JsonToken token = first; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token != null && token.isScalarValue() && token != JsonToken.VALUE_STRING) {
        throw new UnreadableDocumentException("an array mixes numbers with other values");
      }
      values.add(value(parser, token));
    }
    return values;
  }

  private static double number(JsonParser parser, JsonToken token)
      throws IOException, UnreadableDocumentException {
    return switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> real(parser.getText());
      case VALUE_TRUE -> 1;
      case VALUE_FALSE -> 0;
      default ->
          throw new UnreadableDocumentException(
              "a number is expected at byte "
                  + parser.currentLocation().getByteOffset()
                  + ", not "
                  + token);
    };
  }

  private static double real(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity", "+Infinity", "INF", "+INF" -> Double.POSITIVE_INFINITY;
      case "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
      default -> decimal(text);
    };
  }

  /**
   * The double that is nearest to a decimal, but where that would be rounded to the wrong float: a
   * double in the middle of two floats, which the decimal was not, becomes its neighbour towards
   * the float that is nearest to the decimal.
   */
  private static double decimal(String text) {
    double value = Double.parseDouble(text);
    boolean middle =
        (Double.doubleToRawLongBits(value) & BELOW_FLOAT) == HALF_OF_FLOAT
            || Math.abs(value) < Float.MIN_NORMAL;
    if (middle) {
      float nearest = Float.parseFloat(text);
      return (float) value == nearest ? value : Math.nextAfter(value, nearest);
    }
    return value;
  }
}
