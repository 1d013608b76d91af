package dev.presage.endtoend.line;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** The least that a topology can do: reads, forwards, writes; the bytes stay what they are. */
final class PassLine {
  private PassLine() {}

  static Topology topology(String events, String output) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            events,
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withName("events-source")
                .withOffsetResetPolicy(AutoOffsetReset.earliest()))
        .to(output, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("outputs-sink"));
    return builder.build();
  }
}
