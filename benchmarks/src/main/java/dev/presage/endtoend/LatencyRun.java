package dev.presage.endtoend;

import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends events at a steady rate and takes the trait updates that they cause, as a consumer of
 * committed records sees them. The time of an event counts from when it was due, so that a sender
 * who is held up makes nothing look better.
 */
final class LatencyRun {
  private static final Duration POLL = Duration.ofMillis(100);

  private final TestBed bed;
  private final ShopTraffic traffic;
  private final double eventsPerSecond;
  private final long first;
  private final long warmUp;
  private final long count;
  private final Latencies latencies = new Latencies();
  private volatile long began;

  /**
   * @param traffic whose next events are sent
   */
  LatencyRun(TestBed bed, ShopTraffic traffic, double eventsPerSecond, Scale scale) {
    this.bed = bed;
    this.traffic = traffic;
    this.eventsPerSecond = eventsPerSecond;
    this.first = traffic.number();
    this.warmUp = Math.round(eventsPerSecond * scale.warmUp().toMillis() / 1e3);
    this.count = warmUp + Math.round(eventsPerSecond * scale.latencies().toMillis() / 1e3);
  }

  /** Sends all, and returns the latencies of the updates that count. */
  Latencies measure(RunningLine line, DoubleConsumer progress) {
    String topic = Line.PRESAGE.topics().traitUpdates();
    List<TopicPartition> partitions =
        IntStream.range(0, TestBed.PARTITIONS)
            .mapToObj(it -> new TopicPartition(topic, it))
            .toList();
    try (Consumer<String, byte[]> consumer = consumer()) {
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      began = System.nanoTime();
      CompletableFuture<?> sent =
          CompletableFuture.runAsync(() -> send(progress), Thread::startVirtualThread)
              .thenRunAsync(
                  () -> line.awaitProcessed(count, share -> {}), Thread::startVirtualThread);
      take(consumer, sent);
      sent.join();
    }
    return latencies;
  }

  private void take(Consumer<String, byte[]> consumer, CompletableFuture<?> sent) {
    Deserializer<TraitUpdate> updates =
        AvroSerde.of(TraitUpdate.class, bed.connection().registry()).deserializer();
    while (true) {
      boolean last = sent.isDone();
      Map<TopicPartition, Long> ends = last ? consumer.endOffsets(consumer.assignment()) : Map.of();
      do {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          took(updates.deserialize(record.topic(), record.value()), System.nanoTime());
        }
      } while (ends.entrySet().stream()
          .anyMatch(it -> consumer.position(it.getKey()) < it.getValue()));
      if (last) {
        return;
      }
    }
  }

  private void took(TraitUpdate update, long now) {
    String eventId = update.getEventId();
    if (eventId != null) {
      long event = ShopTraffic.number(eventId) - first;
      if (event >= warmUp && event < count) {
        latencies.add(now - due(event));
      }
    }
  }

  private long due(long event) {
    return began + (long) (event * 1e9 / eventsPerSecond);
  }

  private void send(DoubleConsumer progress) {
    try (Producer<String, Event> producer =
        new KafkaProducer<>(
            bed.connection().settings(),
            new StringSerializer(),
            AvroSerde.of(Event.class, bed.connection().registry()).serializer())) {
      for (long i = 0; i < count; i++) {
        Event event = traffic.next();
        long wait = due(i) - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(wait);
          progress.accept((double) i / count);
        }
        var unused =
            producer.send(new ProducerRecord<>(Line.PRESAGE.input(), event.getUserId(), event));
      }
    }
  }

  private Consumer<String, byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(bed.connection().settings());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return new KafkaConsumer<>(
        settings,
        new StringDeserializer(),
        new org.apache.kafka.common.serialization.ByteArrayDeserializer());
  }
}
