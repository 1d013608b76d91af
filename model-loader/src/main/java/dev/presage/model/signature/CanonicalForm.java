package dev.presage.model.signature;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * One sequence of bytes for one Avro value, whichever language writes it. Every value begins with a
 * letter that says what it is; numbers are big-endian.
 *
 * <pre>
 *  null             n
 *  boolean          z byte(0|1)
 *  int, long, time  l int64              (a time in milliseconds since 1970)
 *  float, double    d float64            (every NaN as 7ff8000000000000)
 *  string, enum     s uint32(bytes) UTF-8
 *  bytes            b uint32(bytes) bytes
 *  array            a uint32(items) item…
 *  map, record      m uint32(entries) (string value)…, ordered by the bytes of the string
 *  union            as the value that it has
 * </pre>
 *
 * <p>A record's field that has the value of its default is left out. So a field that a later schema
 * adds changes nothing for a record that was written before it, and a record that makes use of it
 * differs for those who do not know the field.
 */
final class CanonicalForm {
  private final DataOutputStream out;

  private CanonicalForm(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /** Writes a record without some of its own fields; fields of records in it are all written. */
  static void write(IndexedRecord value, Set<String> without, OutputStream to) {
    try {
      new CanonicalForm(to).record(value, without);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void record(IndexedRecord value, Set<String> without) throws IOException {
    SortedMap<byte[], Schema.Field> fields = new TreeMap<>(Arrays::compareUnsigned);
    for (Schema.Field field : value.getSchema().getFields()) {
      if (!without.contains(field.name()) && !isDefault(field, value.get(field.pos()))) {
        fields.put(utf8(field.name()), field);
      }
    }
    head('m', fields.size());
    for (Map.Entry<byte[], Schema.Field> field : fields.entrySet()) {
      bytes('s', field.getKey());
      value(value.get(field.getValue().pos()));
    }
  }

  private static boolean isDefault(Schema.Field field, @Nullable Object value) throws IOException {
    return field.hasDefaultValue()
        && Arrays.equals(bytesOf(value), bytesOf(SpecificData.get().getDefaultValue(field)));
  }

  private static byte[] bytesOf(@Nullable Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new CanonicalForm(bytes).value(value);
    return bytes.toByteArray();
  }

  private void value(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte('n');
      case Boolean truth -> {
        out.writeByte('z');
        out.writeBoolean(truth);
      }
      case Integer number -> number(number);
      case Long number -> number(number);
      case Instant time -> number(time.toEpochMilli());
      case Float number -> number(number.doubleValue());
      case Double number -> number(number.doubleValue());
      case CharSequence text -> bytes('s', utf8(text.toString()));
      case GenericEnumSymbol<?> symbol -> bytes('s', utf8(symbol.toString()));
      case ByteBuffer content -> {
        byte[] copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        bytes('b', copy);
      }
      case List<?> items -> {
        head('a', items.size());
        for (Object item : items) {
          value(item);
        }
      }
      case Map<?, ?> entries -> map(entries);
      case IndexedRecord record -> record(record, Set.of());
      default ->
          throw new IllegalArgumentException(
              "There is no canonical form of a " + value.getClass().getName());
    }
  }

  private void map(Map<?, ?> entries) throws IOException {
    SortedMap<byte[], @Nullable Object> sorted = new TreeMap<>(Arrays::compareUnsigned);
    entries.forEach((key, value) -> sorted.put(utf8(String.valueOf(key)), value));
    head('m', sorted.size());
    for (Map.Entry<byte[], @Nullable Object> entry : sorted.entrySet()) {
      bytes('s', entry.getKey());
      value(entry.getValue());
    }
  }

  private void number(long number) throws IOException {
    out.writeByte('l');
    out.writeLong(number);
  }

  private void number(double number) throws IOException {
    out.writeByte('d');
    out.writeLong(Double.doubleToLongBits(number));
  }

  private void bytes(char sort, byte[] content) throws IOException {
    head(sort, content.length);
    out.write(content);
  }

  private void head(char sort, int count) throws IOException {
    out.writeByte(sort);
    out.writeInt(count);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
