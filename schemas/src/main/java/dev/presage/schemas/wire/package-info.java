/** Avro in the Confluent wire format; {@link AvroSerde} is the entry point. */
package dev.presage.schemas.wire;
