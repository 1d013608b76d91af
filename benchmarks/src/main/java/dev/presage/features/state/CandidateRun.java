package dev.presage.features.state;

import dev.presage.features.FeatureEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** One candidate's running topology, which is paused but while it is measured. */
final class CandidateRun implements AutoCloseable {
  private static final int BROKER = 1;
  private static final long RESTORE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final StoreCandidate candidate;
  private final FeatureEngine engine;
  private final Admin admin;
  private final KafkaStreams streams;
  private final LongAdder processed = new LongAdder();
  private final LongAdder checksum = new LongAdder();
  private final List<Sample> samples = new ArrayList<>();

  /** What a measurement saw. */
  record Sample(double eventsPerSecond, double changelogBytesPerEvent) {}

  CandidateRun(
      StoreCandidate candidate,
      FeatureEngine engine,
      String bootstrapServers,
      Admin admin,
      Path folder) {
    this.engine = engine;
    this.candidate = candidate;
    this.admin = admin;
    this.streams = new KafkaStreams(topology(), settings(bootstrapServers, folder));
  }

  static String applicationId(StoreCandidate candidate) {
    return "presage-benchmark-" + candidate.name();
  }

  static String changelog(StoreCandidate candidate) {
    return applicationId(candidate) + "-" + StoreCandidate.STORE + "-changelog";
  }

  static String output(StoreCandidate candidate) {
    return "sums-" + candidate.name();
  }

  private Topology topology() {
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "events-source",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        ProfileStoreBenchmark.EVENTS);
    topology.addProcessor(
        "fold",
        () -> new FoldProcessor(engine, candidate.opening(), processed, checksum),
        "events-source");
    topology.addStateStore(candidate.store(), "fold");
    topology.addSink(
        "sums-sink",
        output(candidate),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        "fold");
    return topology;
  }

  private Properties settings(String bootstrapServers, Path folder) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(candidate));
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve(candidate.name()).toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, ProfileStoreBenchmark.THREADS);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    settings.put(
        StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, ProfileStoreBenchmark.CACHE_BYTES);
    settings.put("processing.exception.handler.global.enabled", true);
    settings.put(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDbMemory.class.getName());
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    return settings;
  }

  /** Restores the preloaded profiles, then pauses. */
  void start() {
    streams.start();
    long until = System.nanoTime() + RESTORE_NANOS;
    while (streams.state() != KafkaStreams.State.RUNNING) {
      if (System.nanoTime() > until || streams.state() == KafkaStreams.State.ERROR) {
        throw new IllegalStateException(
            "%s does not start; it is %s".formatted(candidate.name(), streams.state()));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    streams.pause();
  }

  /**
   * Takes the events that are waiting, until the last of them is committed.
   *
   * @param ends end of the input's partitions
   * @param events how many are waiting
   */
  Sample measure(Map<TopicPartition, Long> ends, long events)
      throws ExecutionException, InterruptedException {
    long target = processed.sum() + events;
    long bytesBefore = changelogBytes();
    long start = System.nanoTime();
    streams.resume();
    while (processed.sum() < target) {
      if (!streams.state().isRunningOrRebalancing()) {
        throw new IllegalStateException(
            "%s has ended: %s".formatted(candidate.name(), streams.state()));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    while (!isCommitted(ends)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    streams.pause();
    return new Sample(events / seconds, (double) (changelogBytes() - bytesBefore) / events);
  }

  /** Of all vectors so far; the same for every candidate that has had the same events. */
  long checksum() {
    return checksum.sum();
  }

  /** Keeps a sample for {@link #figures}. */
  void keep(Sample sample) {
    samples.add(sample);
  }

  /** Medians of the samples that were kept. */
  ProfileStoreBenchmark.Candidate figures() {
    return new ProfileStoreBenchmark.Candidate(
        median(Sample::eventsPerSecond), median(Sample::changelogBytesPerEvent));
  }

  private double median(ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  StoreCandidate candidate() {
    return candidate;
  }

  private boolean isCommitted(Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(applicationId(candidate))
            .partitionsToOffsetAndMetadata()
            .get();
    return ends.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return offset != null && offset.offset() >= end.getValue();
            });
  }

  /** Length of the changelog's logs at the broker: keys, values, and all that is around them. */
  private long changelogBytes() throws ExecutionException, InterruptedException {
    String changelog = changelog(candidate);
    long bytes = 0;
    for (Map<String, LogDirDescription> folders :
        admin.describeLogDirs(List.of(BROKER)).allDescriptions().get().values()) {
      for (LogDirDescription folder : folders.values()) {
        for (Map.Entry<TopicPartition, ReplicaInfo> replica : folder.replicaInfos().entrySet()) {
          bytes += replica.getKey().topic().equals(changelog) ? replica.getValue().size() : 0;
        }
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    streams.close();
  }
}
