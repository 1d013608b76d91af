package dev.presage.features.state;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ShopProfile;
import dev.presage.features.ShopProfile.Detail;
import dev.presage.features.SkewedKeys;
import dev.presage.features.state.CandidateRun.Sample;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.topics.TopicProvisioner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;

/**
 * Measures ways to keep profiles against each other, each in a topology of Kafka Streams of its own
 * at a broker on this machine: 100,000 profiles of 200 events, exactly once, a commit every 100 ms.
 * All take the same events, in turns, and do the same work for each: apply, vector, one record out.
 */
public final class ProfileStoreBenchmark {
  static final String EVENTS = "events";
  static final int THREADS = 2;
  static final long CACHE_BYTES = 64L << 20;

  private static final int PARTITIONS = 4;
  private static final int EVENTS_BEFORE = 200;

  private final Scale scale;
  private final Consumer<String> progress;
  private final SplittableRandom random = new SplittableRandom(11);
  private final SkewedKeys keys;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private int events;

  private ProfileStoreBenchmark(Scale scale, Consumer<String> progress) {
    this.scale = scale;
    this.progress = progress;
    this.keys = new SkewedKeys(scale.profiles());
  }

  /**
   * How much is measured.
   *
   * @param profiles how many profiles there are
   * @param histories how many of them differ
   * @param rounds how often each candidate is measured
   * @param eventsPerRound over how many events
   * @param warmUp over how many events before that
   */
  public record Scale(int profiles, int histories, int rounds, int eventsPerRound, int warmUp) {
    /** For figures that count, some three minutes. */
    public static final Scale FULL = new Scale(100_000, 2_000, 3, 300_000, 200_000);

    /** To see that everything works, seconds. */
    public static final Scale QUICK = new Scale(1_000, 20, 1, 2_000, 1_000);
  }

  /**
   * What was measured; medians of the rounds.
   *
   * @param changelogBytesPerEvent of the profile store, bytes of the changelog's log at the broker:
   *     keys, values, headers of records and batches, and markers of transactions
   * @param storeSpeedup events a second with the profile store, against the whole profile decoded,
   *     encoded and put under Kafka Streams' own cache for every event
   * @param candidates figures by name, the profile store's among them
   */
  public record Result(
      double changelogBytesPerEvent, double storeSpeedup, Map<String, Candidate> candidates) {}

  /** Figures of one way to keep profiles. */
  public record Candidate(double eventsPerSecond, double changelogBytesPerEvent) {}

  /**
   * Runs it with a broker that it starts.
   *
   * @param progress told what is being done, a line at a time
   */
  public static Result run(Scale scale, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("presage-benchmark-");
    try (LocalStack stack = LocalStack.start()) {
      return new ProfileStoreBenchmark(scale, progress).run(stack, folder);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker did not answer", e);
    } finally {
      delete(folder);
    }
  }

  /** Runs it and prints the figures. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Result result = run(Scale.FULL, System.out::println);
    result
        .candidates()
        .forEach(
            (name, it) ->
                System.out.printf(
                    "%-20s %,9.0f events/s %,7.0f changelog bytes/event%n",
                    name, it.eventsPerSecond(), it.changelogBytesPerEvent()));
    System.out.printf(
        "storeSpeedup %.2f, changelogBytesPerEvent %.0f%n",
        result.storeSpeedup(), result.changelogBytesPerEvent());
  }

  private Result run(LocalStack stack, Path folder)
      throws ExecutionException, InterruptedException {
    FeatureEngine engine = new FeatureEngine(ShopProfile.declarations());
    ProfileStoreStatistics bodies = new ProfileStoreStatistics();
    ProfileStoreStatistics heads = new ProfileStoreStatistics();
    StoreCandidate baseline = StoreCandidate.wholeForEveryEvent(engine);
    StoreCandidate chosen = StoreCandidate.cached("head-and-body", engine, true, heads);
    List<StoreCandidate> candidates =
        List.of(baseline, StoreCandidate.cached("whole-at-commit", engine, false, bodies), chosen);
    Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
    List<CandidateRun> runs = new ArrayList<>();
    try (Admin admin = Admin.create(settings);
        KafkaProducer<byte[], byte[]> producer = producer(stack)) {
      createTopics(admin, candidates);
      preload(candidates, producer);
      for (StoreCandidate candidate : candidates) {
        runs.add(new CandidateRun(candidate, engine, stack.bootstrapServers(), admin, folder));
      }
      runs.forEach(CandidateRun::start);
      progress.accept("Profiles are restored");
      round(runs, producer, scale.warmUp(), false);
      for (int round = 0; round < scale.rounds(); round++) {
        round(runs, producer, scale.eventsPerRound(), true);
      }
      progress.accept(counts("bodies alone", bodies));
      progress.accept(counts("heads and bodies", heads));
    } finally {
      runs.forEach(CandidateRun::close);
    }
    Map<String, Candidate> figures = new LinkedHashMap<>();
    runs.forEach(run -> figures.put(run.candidate().name(), run.figures()));
    Candidate ours = runs.getLast().figures();
    return new Result(
        ours.changelogBytesPerEvent(),
        ours.eventsPerSecond() / runs.getFirst().figures().eventsPerSecond(),
        figures);
  }

  private void round(
      List<CandidateRun> runs, KafkaProducer<byte[], byte[]> producer, int count, boolean counts)
      throws ExecutionException, InterruptedException {
    for (int i = 0; i < count; i++) {
      byte[] key = key(keys.next(random));
      send(producer, EVENTS, key, key, ShopEvents.record(events++, random));
    }
    flush(producer);
    for (CandidateRun run : runs) {
      Sample sample = run.measure(ends, count);
      progress.accept(
          "%-20s %,9.0f events/s %,7.0f changelog bytes/event%s"
              .formatted(
                  run.candidate().name(),
                  sample.eventsPerSecond(),
                  sample.changelogBytesPerEvent(),
                  counts ? "" : " (warm-up)"));
      if (counts) {
        run.keep(sample);
      }
    }
    if (runs.stream().mapToLong(CandidateRun::checksum).distinct().count() != 1) {
      throw new IllegalStateException("The candidates have built different vectors");
    }
  }

  private static void createTopics(Admin admin, List<StoreCandidate> candidates)
      throws ExecutionException, InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(topic(EVENTS));
    for (StoreCandidate candidate : candidates) {
      topics.add(topic(CandidateRun.output(candidate)));
      topics.add(topic(CandidateRun.changelog(candidate)).configs(candidate.changelogConfig()));
    }
    admin.createTopics(topics).all().get();
    new TopicProvisioner(admin).awaitLeaders(topics.stream().map(NewTopic::name).toList());
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty());
  }

  /** Writes changelogs, from which the stores are restored. */
  private void preload(List<StoreCandidate> candidates, KafkaProducer<byte[], byte[]> producer) {
    List<List<Event>> histories = new ArrayList<>();
    for (int i = 0; i < scale.histories(); i++) {
      histories.add(new ShopProfile(EVENTS_BEFORE, 5, 90, Detail.ALL, i).history().toList());
    }
    for (StoreCandidate candidate : candidates) {
      List<List<KeyValue<UnaryOperator<byte[]>, byte[]>>> stored =
          histories.stream().map(candidate.preload()).toList();
      progress.accept(
          "%s: %,d profiles of %d events, %.0f bytes each"
              .formatted(
                  candidate.name(),
                  scale.profiles(),
                  EVENTS_BEFORE,
                  stored.stream()
                      .mapToInt(it -> it.stream().mapToInt(part -> part.value.length).sum())
                      .average()
                      .orElseThrow()));
      String changelog = CandidateRun.changelog(candidate);
      for (int i = 0; i < scale.profiles(); i++) {
        byte[] key = key(i);
        for (KeyValue<UnaryOperator<byte[]>, byte[]> record : stored.get(i % scale.histories())) {
          send(producer, changelog, key, record.key.apply(key), record.value);
        }
      }
    }
    flush(producer);
  }

  private void flush(KafkaProducer<byte[], byte[]> producer) {
    producer.flush();
    Exception problem = failure.get();
    if (problem != null) {
      throw new IllegalStateException("The broker did not take what was written to it", problem);
    }
  }

  /** To the partition of the profile, whatever else the key has. */
  private void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      byte[] profile,
      byte[] key,
      byte[] value) {
    int partition = Utils.toPositive(Utils.murmur2(profile)) % PARTITIONS;
    var unused =
        producer.send(
            new ProducerRecord<>(topic, partition, key, value),
            (metadata, problem) -> failure.compareAndSet(null, problem));
    if (topic.equals(EVENTS)) {
      ends.merge(new TopicPartition(EVENTS, partition), 1L, Long::sum);
    }
  }

  private static byte[] key(int profile) {
    return "customer-%06d".formatted(profile).getBytes(StandardCharsets.UTF_8);
  }

  private static KafkaProducer<byte[], byte[]> producer(LocalStack stack) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            stack.bootstrapServers(),
            "linger.ms",
            20,
            "batch.size",
            256 << 10),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static String counts(String name, ProfileStoreStatistics counted) {
    return "%s: %,d hits, %,d misses, %,d evictions, %,d bodies of %,d bytes, %,d heads of %,d bytes"
        .formatted(
            name,
            counted.hits(),
            counted.misses(),
            counted.evictions(),
            counted.bodies(),
            counted.bodyBytes() / Math.max(1, counted.bodies()),
            counted.heads(),
            counted.headBytes() / Math.max(1, counted.heads()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
