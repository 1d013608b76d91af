package dev.presage.endtoend;

import dev.presage.endtoend.line.LineMain;
import dev.presage.local.installation.Application;
import dev.presage.local.installation.BuiltModule;
import dev.presage.local.installation.ProjectHome;
import dev.presage.local.process.ChildJvm;
import dev.presage.local.process.ChildProcess;
import dev.presage.local.process.LoopbackPorts;
import dev.presage.scoring.runtime.ScoringSettings.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleConsumer;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** A line in a JVM of its own, from its first event on. */
final class RunningLine implements AutoCloseable {
  private static final int BROKER = 1;
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long CACHE_BYTES = 64L << 20;

  private final TestBed bed;
  private final Line line;
  private final ChildProcess process;
  private final long began;
  private final Duration cpuBefore;

  private RunningLine(TestBed bed, Line line, ChildProcess process) {
    this.bed = bed;
    this.line = line;
    this.process = process;
    try {
      process.awaitReady(START, this::hasPartitions);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
    began = System.nanoTime();
    cpuBefore = cpu();
  }

  /**
   * Starts a line that has nothing at the broker, and waits until it has its partitions.
   *
   * @param valueBytes length of the values that {@code stateful} keeps
   * @param jvmOptions such as the heap, the same for all lines
   */
  static RunningLine start(
      TestBed bed, Line line, Guarantee guarantee, int valueBytes, List<String> jvmOptions) {
    List<String> options = new ArrayList<>(jvmOptions);
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("--sun-misc-unsafe-memory-access=allow");
    Path folder =
        bed.folder().resolve(line.label() + "-" + guarantee.configured() + "-" + System.nanoTime());
    ChildJvm jvm =
        line == Line.PRESAGE ? application(folder) : compared(bed, line, folder, valueBytes);
    return new RunningLine(
        bed,
        line,
        jvm.withJvmOptions(options.toArray(String[]::new))
            .withSystemProperties(settings(bed, line, guarantee, folder))
            .start());
  }

  private static ChildJvm application(Path folder) {
    String module = Application.Kind.STREAMS_APP.module();
    return ChildJvm.of(
        Line.PRESAGE.label(),
        BuiltModule.classPath(ProjectHome.find(), module),
        "dev.presage.scoring.Main",
        folder.resolve("log"),
        folder);
  }

  private static ChildJvm compared(TestBed bed, Line line, Path folder, int valueBytes) {
    return ChildJvm.of(
            line.label(),
            System.getProperty("java.class.path"),
            LineMain.class.getName(),
            folder.resolve("log"),
            folder)
        .withArguments(
            line.label(),
            line == Line.STATEFUL ? Integer.toString(valueBytes) : bed.models().toString());
  }

  private static Map<String, String> settings(
      TestBed bed, Line line, Guarantee guarantee, Path folder) {
    Map<String, String> settings = new HashMap<>();
    settings.put("presage.kafka.bootstrap-servers", bed.connection().bootstrapServers());
    settings.put("presage.registry.url", bed.connection().registryUrl().toString());
    settings.put("presage.topics.prefix", line.topics().prefix());
    settings.put("presage.topics.partitions", Integer.toString(TestBed.PARTITIONS));
    settings.put("presage.features.file", bed.features().toString());
    settings.put("presage.state.dir", folder.resolve("state").toString());
    settings.put("presage.instance-id", line.label());
    settings.put("presage.http.port", Integer.toString(LoopbackPorts.free()));
    settings.put("presage.streams.guarantee", guarantee.configured());
    if (line != Line.PRESAGE) {
      // As much as the streams application has for its own cache by default.
      settings.put("presage.kafka.client.statestore.cache.max.bytes", Long.toString(CACHE_BYTES));
    }
    return settings;
  }

  /**
   * What a line did.
   *
   * @param changelogBytes of an event
   * @param outputs records that an event made on the topic of trait updates, or on the line's own
   */
  record Sample(
      double eventsPerSecond, double cpuSecondsPerMillion, double changelogBytes, double outputs) {}

  /**
   * Waits until all events that are there have been processed, which means that their offsets are
   * committed, and those of what was made of them.
   *
   * @param events how many they are
   * @return rates since it had its partitions
   */
  Sample processAll(long events, DoubleConsumer progress) {
    awaitProcessed(events, progress);
    double seconds = (System.nanoTime() - began) / 1e9;
    double cpuSeconds = cpu().minus(cpuBefore).toNanos() / 1e9;
    return new Sample(
        events / seconds,
        cpuSeconds * 1e6 / events,
        (double) changelogBytes() / events,
        (double) outputs() / events);
  }

  /**
   * Waits until all events that are there have been processed.
   *
   * @param events about how many they are, for progress
   * @throws KafkaException when nothing goes on for two minutes
   */
  void awaitProcessed(long events, DoubleConsumer progress) {
    Map<TopicPartition, Long> inputEnds = ends(List.of(line.input()));
    long last = -1;
    long lastMoved = System.nanoTime();
    while (true) {
      process.requireAlive();
      bed.requireRunning();
      // In this order: where all input is committed, whatever was made of it is in the log.
      Map<TopicPartition, Long> committed = committed();
      Map<TopicPartition, Long> ends = ends(line.read());
      ends.putAll(inputEnds);
      long lag =
          ends.entrySet().stream()
              .mapToLong(it -> Math.max(0, it.getValue() - committed.getOrDefault(it.getKey(), 0L)))
              .sum();
      if (lag == 0) {
        return;
      }
      long moved = committed.values().stream().mapToLong(Long::longValue).sum();
      if (moved != last) {
        last = moved;
        lastMoved = System.nanoTime();
      } else if (System.nanoTime() - lastMoved > LONGEST_PAUSE.toNanos()) {
        throw new KafkaException(
            "%s has committed nothing for %d s and lacks %,d records; its log is %s"
                .formatted(line.label(), LONGEST_PAUSE.toSeconds(), lag, process.log()));
      }
      progress.accept(Math.min(1.0, (double) moved / (events * line.read().size())));
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean hasPartitions() {
    try {
      return TestBed.await(bed.admin().describeConsumerGroups(List.of(line.group())).all())
          .values()
          .stream()
          .anyMatch(it -> it.groupState() == GroupState.STABLE && !it.members().isEmpty());
    } catch (KafkaException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw e;
    }
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    TestBed.await(
            bed.admin().listConsumerGroupOffsets(line.group()).partitionsToOffsetAndMetadata())
        .forEach(
            (TopicPartition partition, OffsetAndMetadata offset) -> {
              if (offset != null) {
                offsets.put(partition, offset.offset());
              }
            });
    return offsets;
  }

  /** With the markers of transactions, which are committed like records. */
  private Map<TopicPartition, Long> ends(List<String> topics) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (String topic : topics) {
      for (int i = 0; i < TestBed.PARTITIONS; i++) {
        asked.put(new TopicPartition(topic, i), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    TestBed.await(
            bed.admin()
                .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /** User and system time of the process so far. */
  private Duration cpu() {
    return ProcessHandle.of(process.pid())
        .flatMap(it -> it.info().totalCpuDuration())
        .orElseThrow(
            () -> new IllegalStateException("The system does not say how much CPU a process had"));
  }

  /** Length of the changelogs' logs at the broker: keys, values, and all that is around them. */
  private long changelogBytes() {
    return TestBed.await(bed.admin().describeLogDirs(List.of(BROKER)).allDescriptions())
        .values()
        .stream()
        .flatMap(folders -> folders.values().stream())
        .flatMap(folder -> folder.replicaInfos().entrySet().stream())
        .filter(replica -> isChangelog(replica.getKey().topic()))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }

  private long outputs() {
    String topic =
        line == Line.PRESAGE ? line.topics().traitUpdates() : LineMain.output(line.topics());
    return ends(List.of(topic)).values().stream().mapToLong(Long::longValue).sum();
  }

  private boolean isChangelog(String topic) {
    return topic.startsWith(line.group() + "-") && topic.endsWith("-changelog");
  }

  @Override
  public void close() {
    process.close();
  }
}
