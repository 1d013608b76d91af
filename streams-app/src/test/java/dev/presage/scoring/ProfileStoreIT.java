package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.features.state.ProfileCacheBudget;
import dev.presage.features.state.ProfileFormat;
import dev.presage.features.state.ProfileStore;
import dev.presage.features.state.ProfileStoreBuilder;
import dev.presage.features.state.ProfileStoreStatistics;
import dev.presage.features.state.SharedRocksDbMemory;
import dev.presage.features.state.StoredProfiles;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.topics.TopicProvisioner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The profile store under Kafka Streams and a broker: when it writes, and what it is restored to.
 */
@SuppressWarnings("NullAway.Init") // JUnit calls startStack() first.
@ExtendWith(SharedStack.class)
class ProfileStoreIT {
  private static final String STORE = "journals";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration NEVER = Duration.ofMinutes(9);
  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final int KEYS = 20;
  private static final int NUMBERS = 3_000;

  /** A number that makes the processor ask for a commit, and leaves the profile alone. */
  private static final long COMMIT = -1;

  private static LocalStack stack;
  private static TopicClient topics;
  private static Admin admin;

  /** Numbers at which the processor fails, each once, after it has changed the profile. */
  private final Set<Long> failures = ConcurrentHashMap.newKeySet();

  private final ProfileStoreStatistics statistics = new ProfileStoreStatistics();

  @BeforeAll
  static void startStack(LocalStack shared) {
    stack = shared;
    topics = new TopicClient(stack);
    admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
  }

  @AfterAll
  static void stopStack() {
    admin.close();
  }

  @Test
  void shouldWriteChangedProfilesInTheTransactionOfTheirEvents(@TempDir Path folder)
      throws Exception {
    createTopics("transaction");
    write("transaction", 0, 100);
    try (KafkaStreams streams = streams("transaction", folder, NEVER, 0, 1 << 20)) {
      streams.start();
      await()
          .atMost(PATIENCE)
          .until(() -> end("transaction-out", IsolationLevel.READ_UNCOMMITTED) == 100);
      String changelog = "transaction-" + STORE + "-changelog";
      assertThat(end(changelog, IsolationLevel.READ_UNCOMMITTED))
          .as("changed profiles are in the cache alone")
          .isZero();
      assertThat(end("transaction-out", IsolationLevel.READ_COMMITTED)).isZero();

      writeOne("transaction", "u-0", COMMIT);
      await().atMost(PATIENCE).until(() -> committed("transaction") == 101);

      assertThat(topics.read(changelog, new ByteArrayDeserializer()))
          .as("with the offsets, what changed is committed")
          .hasSize(KEYS);
      assertThat(topics.read("transaction-out", new LongDeserializer())).hasSize(100);
      assertThat(read(streams, "u-3")).isEqualTo(numbers(100).get("u-3"));
    }
  }

  @Test
  void shouldBeWhatAnUndisturbedRunLeavesAfterFailuresAndRestorations(
      @TempDir Path folder, @TempDir Path empty) throws Exception {
    createTopics("failures");
    write("failures", 0, NUMBERS);
    failures.addAll(Set.of(700L, 701L, 1_900L));
    int starts = 0;
    while (committed("failures") < NUMBERS) {
      starts++;
      try (KafkaStreams streams = streams("failures", folder, OFTEN, 0, 10_000)) {
        streams.start();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    streams.state() == KafkaStreams.State.ERROR
                        || committed("failures") == NUMBERS);
        if (streams.state() != KafkaStreams.State.ERROR) {
          assertHoldsAll(streams);
        }
      }
    }
    assertThat(starts).isEqualTo(4);
    assertThat(statistics.evictions()).isPositive();
    assertThat(statistics.heads()).isPositive();

    try (KafkaStreams restored = streams("failures", empty, OFTEN, 0, 10_000)) {
      restored.start();
      assertHoldsAll(restored);
    }
    Map<String, List<Long>> sent = new HashMap<>();
    topics
        .read("failures-out", new LongDeserializer())
        .forEach(it -> sent.computeIfAbsent(it.key(), key -> new ArrayList<>()).add(it.value()));
    numbers(NUMBERS)
        .forEach(
            (key, numbers) -> {
              List<Long> sums = new ArrayList<>();
              long sum = 0;
              for (long number : numbers) {
                sum += number;
                sums.add(sum);
              }
              assertThat(sent.get(key)).isEqualTo(sums);
            });
  }

  @Test
  void shouldGoOnFromAStandby(@TempDir Path first, @TempDir Path second) throws Exception {
    createTopics("standby");
    write("standby", 0, NUMBERS / 2);
    try (KafkaStreams one = streams("standby/one", first, OFTEN, 1, 1 << 20);
        KafkaStreams two = streams("standby/two", second, OFTEN, 1, 1 << 20)) {
      one.start();
      await().atMost(PATIENCE).until(() -> committed("standby") == NUMBERS / 2);
      two.start();
      await()
          .atMost(PATIENCE)
          .until(() -> isRunning(one) && isRunning(two) && tasks(one) == 1 && tasks(two) == 1);
      one.close(
          CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(PATIENCE));
      write("standby", NUMBERS / 2, NUMBERS);

      await().atMost(PATIENCE).until(() -> committed("standby") == NUMBERS);
      assertHoldsAll(two);
    }
  }

  private static boolean isRunning(KafkaStreams streams) {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  private static int tasks(KafkaStreams streams) {
    return streams.metadataForLocalThreads().stream()
        .mapToInt(it -> it.activeTasks().size() + it.standbyTasks().size())
        .sum();
  }

  private static void assertHoldsAll(KafkaStreams streams) {
    numbers(NUMBERS).forEach((key, numbers) -> assertThat(read(streams, key)).isEqualTo(numbers));
  }

  private static @Nullable List<Long> read(KafkaStreams streams, String key) {
    StoreQueryParameters<StoredProfiles<Journal>> query =
        StoreQueryParameters.fromNameAndType(STORE, StoredProfiles.type());
    return await()
        .atMost(PATIENCE)
        .ignoreException(InvalidStateStoreException.class)
        .until(
            () -> {
              Journal journal = streams.store(query).read(key.getBytes(StandardCharsets.UTF_8));
              return journal == null ? List.of() : journal.numbers;
            },
            it -> true);
  }

  /** All numbers by key, as a map would have them. */
  private static Map<String, List<Long>> numbers(int count) {
    Map<String, List<Long>> numbers = new HashMap<>();
    for (long i = 0; i < count; i++) {
      numbers.computeIfAbsent(key(i), it -> new ArrayList<>()).add(i);
    }
    return numbers;
  }

  private static String key(long number) {
    return "u-" + number % KEYS;
  }

  private static void createTopics(String application)
      throws ExecutionException, InterruptedException {
    admin
        .createTopics(
            List.of(
                new NewTopic(application + "-in", 1, (short) 1),
                new NewTopic(application + "-out", 1, (short) 1)))
        .all()
        .get();
    new TopicProvisioner(admin).awaitLeaders(List.of(application + "-in", application + "-out"));
  }

  private static void write(String application, long from, long until) {
    try (KafkaProducer<String, Long> producer = producer()) {
      for (long i = from; i < until; i++) {
        var unused = producer.send(new ProducerRecord<>(application + "-in", key(i), i));
      }
    }
  }

  private static void writeOne(String application, String key, long number) {
    try (KafkaProducer<String, Long> producer = producer()) {
      var unused = producer.send(new ProducerRecord<>(application + "-in", key, number));
    }
  }

  private static KafkaProducer<String, Long> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", stack.bootstrapServers()),
        new StringSerializer(),
        new LongSerializer());
  }

  private static long end(String topic, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private static long committed(String application)
      throws ExecutionException, InterruptedException {
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets(application)
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(application + "-in", 0));
    return offset == null ? 0 : offset.offset();
  }

  /** An instance of an application; named after a slash where it is not the only one. */
  private KafkaStreams streams(
      String instance, Path folder, Duration commitInterval, int standbys, int cacheBytes) {
    String application = instance.split("/", -1)[0];
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
    settings.put("processing.exception.handler.global.enabled", true);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    // Else the next instance would wait until the one that failed is missed.
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        instance.replace('/', '-'));
    // Else the coordinator would abort the transaction that is to stay open.
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        (int) Duration.ofMinutes(10).toMillis());
    settings.put(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDbMemory.class.getName());
    KafkaStreams streams = new KafkaStreams(topology(application, cacheBytes), settings);
    streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    return streams;
  }

  private Topology topology(String application, int cacheBytes) {
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "in",
        new ByteArrayDeserializer(),
        new LongDeserializer(),
        application + "-in");
    topology.addProcessor("append", AppendProcessor::new, "in");
    topology.addStateStore(
        new ProfileStoreBuilder<>(
            STORE, new JournalFormat(), new ProfileCacheBudget(cacheBytes), statistics),
        "append");
    topology.addSink(
        "out", application + "-out", new ByteArraySerializer(), new LongSerializer(), "append");
    return topology;
  }

  /** Appends numbers to the journal of their key, and sends the sum of each journal. */
  private final class AppendProcessor implements Processor<byte[], Long, byte[], Long> {
    private ProcessorContext<byte[], Long> context;
    private ProfileStore<Journal> store;

    @Override
    public void init(ProcessorContext<byte[], Long> context) {
      this.context = context;
      this.store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], Long> record) {
      long number = record.value();
      if (number == COMMIT) {
        context.commit();
        return;
      }
      Journal stored = store.get(record.key());
      Journal journal = stored == null ? new Journal() : stored;
      journal.numbers.add(number);
      store.put(record.key(), journal);
      if (failures.remove(number)) {
        throw new IllegalStateException("The test fails number " + number);
      }
      long sum = journal.numbers.stream().mapToLong(Long::longValue).sum();
      context.forward(record.withValue(sum));
    }
  }

  /** A profile: numbers, of which the first are in the stored body. */
  private static final class Journal {
    final List<Long> numbers = new ArrayList<>();
    int inBody;
  }

  private static final class JournalFormat implements ProfileFormat<Journal> {
    private static final int MOST_IN_HEAD = 30;

    @Override
    public byte[] encodeBody(Journal journal) {
      return bytes(journal.numbers);
    }

    @Override
    public boolean needsBody(Journal journal) {
      return journal.numbers.size() - journal.inBody > MOST_IN_HEAD;
    }

    @Override
    public byte[] encodeHead(Journal journal) {
      return bytes(journal.numbers.subList(journal.inBody, journal.numbers.size()));
    }

    @Override
    public void bodyWritten(Journal journal) {
      journal.inBody = journal.numbers.size();
    }

    @Override
    public Journal decode(byte[] body, byte @Nullable [] head) {
      Journal journal = new Journal();
      read(body, journal);
      journal.inBody = journal.numbers.size();
      if (head != null) {
        read(head, journal);
      }
      return journal;
    }

    @Override
    public int heapBytes(int bodyBytes) {
      return 1_000 + 3 * bodyBytes;
    }

    @Override
    public Journal cap(Journal journal, int maxBytes) {
      throw new AssertionError("No journal of the test is that long");
    }

    private static byte[] bytes(List<Long> numbers) {
      ByteBuffer out = ByteBuffer.allocate(Long.BYTES * numbers.size());
      numbers.forEach(out::putLong);
      return out.array();
    }

    private static void read(byte[] bytes, Journal into) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      while (in.hasRemaining()) {
        into.numbers.add(in.getLong());
      }
    }
  }
}
