package dev.presage.schemas.wire;

import dev.presage.schemas.registry.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serde of one generated class in the Confluent wire format. The serializer registers the class's
 * schema under {@code <topic>-value}; the deserializer reads what any compatible schema wrote. An
 * immutable value, safe for use by many threads.
 *
 * @param <T> the generated class
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private final AvroSerializer<T> serializer;
  private final AvroDeserializer<T> deserializer;

  private AvroSerde(Class<T> type, SchemaRegistry registry) {
    this.serializer = new AvroSerializer<>(registry, false);
    this.deserializer = new AvroDeserializer<>(type, registry);
  }

  /** The serde of a generated class. */
  public static <T extends SpecificRecord> AvroSerde<T> of(Class<T> type, SchemaRegistry registry) {
    return new AvroSerde<>(type, registry);
  }

  /**
   * A serializer for values that go to several topics one right after the other: such a value is
   * written once, and only its schema ID differs. It must not be changed once it was serialized.
   */
  public static <T extends SpecificRecord> Serializer<T> repeatingSerializer(
      SchemaRegistry registry) {
    return new AvroSerializer<>(registry, true);
  }

  @Override
  public Serializer<T> serializer() {
    return serializer;
  }

  @Override
  public Deserializer<T> deserializer() {
    return deserializer;
  }
}
