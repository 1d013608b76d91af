package dev.presage.model.document;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Universal Binary JSON, draft 12 (ubjson.org), with its optimised containers, which announce
 * a count or a type and a count. Arrays of one number type stay where they are in the bytes. No
 * count or length is believed beyond the bytes that remain.
 */
final class UbjsonReader {
  private final ByteBuffer bytes;
  private final ValueBudget budget;

  UbjsonReader(ByteBuffer document, ValueBudget budget) {
    this.bytes = document.slice().order(ByteOrder.BIG_ENDIAN);
    this.budget = budget;
  }

  Object read() throws UnreadableDocumentException {
    Object value = value(marker(), 1);
    if (bytes.hasRemaining()) {
      throw problem("more follows the UBJSON document");
    }
    return value;
  }

  private Object value(int marker, int depth) throws UnreadableDocumentException {
    budget.spend();
    return switch (marker) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case 'S' -> text(length(marker()));
      case 'Z' -> Node.NULL;
      default -> number(marker);
    };
  }

  private Map<String, Object> object(int depth) throws UnreadableDocumentException {
    ValueBudget.checkDepth(depth);
    Header header = header();
    Map<String, Object> members = new HashMap<>();
    for (int left = header.count; left != 0; left--) {
      int next = marker();
      if (header.isOpen() && next == '}') {
        break;
      }
      String name = text(length(next));
      if (members.put(name, value(header.elementMarker(this), depth + 1)) != null) {
        throw problem("an object has two members named " + name);
      }
    }
    return members;
  }

  private Object array(int depth) throws UnreadableDocumentException {
    ValueBudget.checkDepth(depth);
    Header header = header();
    NumberType packed = NumberType.of(header.type);
    if (packed != null) {
      return packed(packed, header.count);
    }
    Numbers.Builder numbers = new Numbers.Builder();
    List<Object> values = new ArrayList<>();
    int count = 0;
    for (int left = header.count; left != 0; left--) {
      int next = header.elementMarker(this);
      if (header.isOpen() && next == ']') {
        break;
      }
      if (isNumber(next)) {
        numbers.add(number(next));
      } else {
        values.add(value(next, depth + 1));
      }
      count++;
    }
    if (values.isEmpty()) {
      return numbers.build();
    }
    if (values.size() != count) {
      throw problem("an array mixes numbers with other values");
    }
    return values;
  }

  private Numbers packed(NumberType type, int count) throws UnreadableDocumentException {
    require((long) count * type.bytes);
    Numbers numbers =
        new Numbers.Packed(
            bytes.slice(bytes.position(), count * type.bytes).order(ByteOrder.BIG_ENDIAN),
            type,
            count);
    bytes.position(bytes.position() + count * type.bytes);
    return numbers;
  }

  /** What follows the opening of a container: nothing, {@code #count} or {@code $type#count}. */
  private Header header() throws UnreadableDocumentException {
    int type = Header.NONE;
    if (peek() == '$') {
      marker();
      type = marker();
      if (NumberType.of(type) == null && "{[SC".indexOf(type) < 0) {
        // Elements of Z, T and F take no bytes, so that any count of them would be believed.
        throw problem("a container of type " + printable(type) + " is not supported");
      }
      if (peek() != '#') {
        throw problem("a container with a type has no count");
      }
    }
    if (peek() != '#') {
      return new Header(type, Header.NONE);
    }
    marker();
    int count = length(marker());
    require(count);
    return new Header(type, count);
  }

  private String text(int length) throws UnreadableDocumentException {
    if (length > ValueBudget.MAX_STRING_BYTES) {
      throw problem("a string has " + length + " bytes");
    }
    require(length);
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private int length(int marker) throws UnreadableDocumentException {
    NumberType type = NumberType.of(marker);
    if (type == null || !type.isInteger()) {
      throw problem("a length is expected, not " + printable(marker));
    }
    double length = number(marker);
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw problem("a length or count of " + (long) length);
    }
    return (int) length;
  }

  private static boolean isNumber(int marker) {
    return NumberType.of(marker) != null || marker == 'T' || marker == 'F' || marker == 'C';
  }

  private double number(int marker) throws UnreadableDocumentException {
    if (marker == 'T' || marker == 'F') {
      return marker == 'T' ? 1 : 0;
    }
    NumberType type = marker == 'C' ? NumberType.UINT8 : NumberType.of(marker);
    if (type == null) {
      throw problem("unknown type " + printable(marker));
    }
    require(type.bytes);
    double value = type.get(bytes, bytes.position());
    bytes.position(bytes.position() + type.bytes);
    return value;
  }

  /** The next byte but for no-ops. */
  private int marker() throws UnreadableDocumentException {
    int next;
    do {
      require(1);
      next = bytes.get() & 0xff;
    } while (next == 'N');
    return next;
  }

  private int peek() throws UnreadableDocumentException {
    require(1);
    return bytes.get(bytes.position()) & 0xff;
  }

  private void require(long count) throws UnreadableDocumentException {
    if (count > bytes.remaining()) {
      throw problem(count + " more bytes are announced, but " + bytes.remaining() + " remain");
    }
  }

  private UnreadableDocumentException problem(String what) {
    return new UnreadableDocumentException("not UBJSON: " + what + " at byte " + bytes.position());
  }

  private static String printable(int marker) {
    return marker > ' ' && marker < 127
        ? "'" + (char) marker + "'"
        : String.format("0x%02x", marker);
  }

  /**
   * Type and count of a container.
   *
   * @param type marker of all its elements, {@link #NONE} where each has its own
   * @param count number of its elements, {@link #NONE} where a closing bracket ends it
   */
  private record Header(int type, int count) {
    static final int NONE = -1;

    boolean isOpen() {
      return count == NONE;
    }

    int elementMarker(UbjsonReader reader) throws UnreadableDocumentException {
      return type == NONE ? reader.marker() : type;
    }
  }
}
