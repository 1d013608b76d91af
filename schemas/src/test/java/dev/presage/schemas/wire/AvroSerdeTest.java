package dev.presage.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.Event;
import dev.presage.schemas.registry.InMemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final String TOPIC = "events";
  private static final Event EVENT =
      new Event(
          "e-1",
          "order_completed",
          Instant.parse("2011-09-01T10:00:00Z"),
          "u-1",
          null,
          Map.of("revenue", 12.5, "quantity", 3L, "country", "France", "gift", true));

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final AvroSerde<Event> serde = AvroSerde.of(Event.class, registry);

  @Test
  void shouldReadWhatItWrote() {
    byte[] bytes = serde.serializer().serialize(TOPIC, EVENT);

    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(EVENT);
  }

  @Test
  void shouldBeginWithMagicByteAndSchemaId() {
    byte[] bytes = serde.serializer().serialize(TOPIC, EVENT);
    int id = registry.register(TOPIC + "-value", Event.getClassSchema());

    assertThat(bytes[0]).isZero();
    assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(id);
  }

  @Test
  void shouldGoOnAfterARecordThatCannotBeWritten() {
    Event wrong = new Event("e-2", "order", null, "u-2", null, Map.of("when", Instant.EPOCH));

    assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, wrong))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("Cannot write a dev.presage.schemas.avro.Event for topic events");

    byte[] bytes = serde.serializer().serialize(TOPIC, EVENT);
    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(EVENT);
  }

  @Test
  void shouldWriteAValueForSeveralTopicsOnce() {
    Serializer<Event> repeating = AvroSerde.repeatingSerializer(registry);
    Event other = Event.newBuilder(EVENT).setEventId("e-2").build();

    for (Event event : List.of(EVENT, EVENT, other, EVENT)) {
      for (String topic : List.of(TOPIC, "other", TOPIC)) {
        assertThat(repeating.serialize(topic, event))
            .isEqualTo(serde.serializer().serialize(topic, event));
      }
    }
  }

  @Test
  void shouldWriteAnewAfterAValueThatCannotBeWritten() {
    Serializer<Event> repeating = AvroSerde.repeatingSerializer(registry);
    byte[] bytes = repeating.serialize(TOPIC, EVENT);
    Event wrong = new Event("e-2", "order", null, "u-2", null, Map.of("when", Instant.EPOCH));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> repeating.serialize(TOPIC, wrong))
          .isInstanceOf(SerializationException.class);
    }
    assertThat(repeating.serialize(TOPIC, EVENT)).isEqualTo(bytes);
  }

  @Test
  void shouldPassTombstonesThrough() {
    assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
    assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
  }

  @Test
  void shouldReadRecordsOfAnOlderWriterWithDefaults() throws IOException {
    Schema older =
        SchemaBuilder.record("Event")
            .namespace(Event.class.getPackageName())
            .fields()
            .requiredString("type")
            .optionalString("userId")
            .endRecord();
    GenericRecord written = new GenericData.Record(older);
    written.put("type", "page_viewed");
    written.put("userId", "u-2");

    Event read = serde.deserializer().deserialize(TOPIC, encode(older, written));

    assertThat(read.getType()).isEqualTo("page_viewed");
    assertThat(read.getUserId()).isEqualTo("u-2");
    assertThat(read.getOccurredAt()).isNull();
    assertThat(read.getProperties()).isEmpty();
  }

  @Test
  void shouldReadRecordsOfANewerWriterWithoutItsNewFields() throws IOException {
    Schema newer =
        new Schema.Parser()
            .parse(
                Event.getClassSchema()
                    .toString()
                    .replace(
                        "\"fields\":[",
                        "\"fields\":[{\"name\":\"tenant\",\"type\":\"string\",\"default\":\"\"},"));
    GenericRecord written = new GenericData.Record(newer);
    written.put("tenant", "acme");
    written.put("type", "page_viewed");
    written.put("properties", Map.of());

    Event read = serde.deserializer().deserialize(TOPIC, encode(newer, written));

    assertThat(read.getType()).isEqualTo("page_viewed");
  }

  @Test
  void shouldRefuseBytesThatAreNotInTheWireFormat() {
    assertRefused(new byte[0], "0 bytes");
    assertRefused(new byte[] {7, 0, 0, 0, 1, 2}, "first byte is 7");
    assertRefused(new byte[] {0, -1, 0, 0, 1, 2}, "schema ID is -");
    assertRefused(new byte[] {0, 0, 0, 3, 1, 2}, "no schema with ID 769");
  }

  @Test
  void shouldRefuseLengthsThatTheBytesDoNotHave() {
    byte[] bytes = serde.serializer().serialize(TOPIC, EVENT);
    ByteBuffer hostile = ByteBuffer.allocate(16).put(bytes, 0, WireFormat.HEADER_LENGTH);
    // The first field is an eventId whose length claims to be a gigabyte.
    hostile.put(new byte[] {2, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8});

    assertRefused(hostile.array(), "Not a readable Event");
  }

  @Test
  void shouldRefuseEveryTruncation() {
    byte[] bytes = serde.serializer().serialize(TOPIC, EVENT);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, cut))
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void shouldRefuseBytesThatAreLeftOver() {
    byte[] bytes = serde.serializer().serialize(TOPIC, EVENT);

    assertRefused(java.util.Arrays.copyOf(bytes, bytes.length + 1), "left over");
  }

  @Test
  void shouldReadAnyRecordGenerically() {
    byte[] bytes = serde.serializer().serialize(TOPIC, EVENT);

    GenericRecord read = new GenericAvroDeserializer(registry).deserialize(TOPIC, bytes);

    assertThat(read).extracting(it -> it.get("type")).hasToString("order_completed");
  }

  private void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(reason);
  }

  private byte[] encode(Schema schema, GenericRecord value) throws IOException {
    // Another subject: what a topic may hold is the registry's business, not the reader's.
    int id = registry.register("other-" + schema.hashCode(), schema);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.write(ByteBuffer.allocate(4).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
