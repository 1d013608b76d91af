package dev.presage.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicSpec;
import dev.presage.schemas.topics.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Its twin is Avro's own writer. */
class RecordWriterPropertyTest {
  private static final List<Schema> SCHEMAS =
      new TopicCatalogue(Topics.unprefixed(), 1)
          .specs().stream().map(TopicSpec::value).filter(Objects::nonNull).distinct().toList();

  @Property
  void shouldWriteTheBytesThatAvroWrites(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (Schema schema : SCHEMAS) {
      SpecificRecord record = (SpecificRecord) Objects.requireNonNull(value(schema, random));
      DatumWriter<Object> twin =
          new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema));

      byte[] expected = written(out -> twin.write(record, out));
      byte[] actual = written(out -> RecordWriter.of(schema).write(record, out));

      assertThat(actual).as("%s", record).isEqualTo(expected);
    }
  }

  private interface Writing {
    void to(BinaryEncoder out) throws IOException;
  }

  private static byte[] written(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    writing.to(encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** Some value of a type, small and large ones, empty collections among them. */
  private static @Nullable Object value(Schema schema, Random random) {
    if (schema.getLogicalType() != null) {
      return Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    }
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian();
      case STRING -> text(random);
      case BYTES -> {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        yield ByteBuffer.wrap(bytes);
      }
      case ENUM -> {
        Object[] constants = SpecificData.get().getClass(schema).getEnumConstants();
        yield constants[random.nextInt(constants.length)];
      }
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(schema.getElementType(), random));
        }
        yield items;
      }
      case MAP -> {
        Map<String, @Nullable Object> entries = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          entries.put(text(random), value(schema.getValueType(), random));
        }
        yield entries;
      }
      case UNION -> value(schema.getTypes().get(random.nextInt(schema.getTypes().size())), random);
      case RECORD -> {
        SpecificRecord record =
            (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (Schema.Field field : schema.getFields()) {
          record.put(field.pos(), value(field.schema(), random));
        }
        yield record;
      }
      case FIXED -> throw new IllegalArgumentException("The contract has no fixed: " + schema);
    };
  }

  private static String text(Random random) {
    return "ä€😀x".repeat(random.nextInt(3)) + "customer".substring(random.nextInt(9));
  }
}
