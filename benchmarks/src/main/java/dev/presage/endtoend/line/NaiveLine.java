package dev.presage.endtoend.line;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.wire.AvroSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What one would write first: the profile as JSON in a store, with a list of all its events, from
 * which the features are computed anew for every event, and one row for the native library, once
 * for each model.
 */
final class NaiveLine {
  private NaiveLine() {}

  static Topology topology(
      String events, String output, int partitions, SchemaRegistry registry, NaiveModels models) {
    Serde<Event> event = AvroSerde.of(Event.class, registry);
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(LineMain.STORE), Serdes.String(), Serdes.ByteArray())
            .withCachingEnabled());
    builder.stream(
            events,
            Consumed.with(Serdes.String(), event)
                .withName("events-source")
                .withOffsetResetPolicy(AutoOffsetReset.earliest()))
        .selectKey((key, value) -> value.getUserId(), Named.as("user"))
        .repartition(
            Repartitioned.<String, Event>as(LineMain.REPARTITION)
                .withKeySerde(Serdes.String())
                .withValueSerde(event)
                .withNumberOfPartitions(partitions))
        .process(() -> new Score(models), Named.as("profile"), LineMain.STORE)
        .to(output, Produced.with(Serdes.String(), Serdes.ByteArray()).withName("outputs-sink"));
    return builder.build();
  }

  /** Reads the profile, adds the event, computes, predicts, writes the profile and sends scores. */
  private static final class Score extends ContextualProcessor<String, Event, String, byte[]> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NaiveModels models;
    private KeyValueStore<String, byte[]> store;

    @SuppressWarnings("NullAway.Init") // init() comes before process(), by Kafka Streams' contract.
    Score(NaiveModels models) {
      this.models = models;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
      super.init(context);
      store = context.getStateStore(LineMain.STORE);
    }

    @Override
    public void process(Record<String, Event> record) {
      try {
        score(record);
      } catch (IOException e) {
        throw new UncheckedIOException("The profile of a customer is not JSON", e);
      }
    }

    private void score(Record<String, Event> record) throws IOException {
      byte[] stored = store.get(record.key());
      NaiveProfile before =
          stored == null ? NaiveProfile.EMPTY : JSON.readValue(stored, NaiveProfile.class);
      NaiveEvent event = NaiveEvent.of(record.value());
      if (before.events().stream().anyMatch(it -> it.id().equals(event.id()))) {
        return;
      }
      var events = new ArrayList<>(before.events());
      events.add(event);
      Map<String, Double> features = NaiveFeatures.compute(events, event.at());
      Map<String, Double> scores = models.predict(features);
      store.put(record.key(), JSON.writeValueAsBytes(new NaiveProfile(events, scores)));
      context().forward(record.withValue(JSON.writeValueAsBytes(scores)));
    }
  }
}
