package dev.presage.scoring.runtime;

import dev.presage.model.signature.TrustedKeys;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.settings.SettingsReader;
import dev.presage.scoring.ingest.IngestSource;
import dev.presage.scoring.population.CensusExchange;
import dev.presage.scoring.profile.BackgroundWork;
import dev.presage.scoring.profile.SilenceLadder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Settings of the application; every key begins with {@code presage.}.
 *
 * @param connections broker, registry, topics
 * @param instanceId {@code instance-id}: name of this instance, the same after a restart, different
 *     from every other instance's
 * @param featuresFile {@code features.file}: the declared features
 * @param entities {@code entities.<name>.*}: what is profiled beside customers
 * @param stateDir {@code state.dir}: where RocksDB keeps its files
 * @param stateMemoryMebibytes {@code state.memory-mib}: memory of RocksDB outside the heap, for the
 *     whole process
 * @param cacheMebibytes {@code state.cache-mib}: heap for decoded profiles, estimated, for the
 *     whole process
 * @param streamThreads {@code streams.threads}
 * @param commitInterval {@code streams.commit-interval}: how often work is committed: exactly once,
 *     about how long a consumer waits; at least once, how much a crash repeats
 * @param linger {@code streams.linger}: how long a record waits for others to be sent with; not
 *     beyond a commit
 * @param guarantee {@code streams.guarantee}
 * @param replicas how partitions are divided among instances
 * @param source {@code ingest.source}: where the events of customers come from
 * @param futureTolerance {@code ingest.future-tolerance}: how far ahead of the clock an event may
 *     be
 * @param silence {@code silence.ladder}: how long after its newest event a silent profile is scored
 *     again
 * @param background {@code time.clock}, {@code time.idle}, {@code background.interval}, {@code
 *     background.share}: what moves time, and when silent profiles and sweeps have their turn
 * @param populationInterval {@code population.interval}: how often a partition says what changed of
 *     its census
 * @param quality how what models are worth is measured
 * @param trustedKeys {@code models.trusted-keys}: whose signature a model needs; none where empty
 * @param httpHost {@code http.host}: the address that it listens at
 * @param httpPort {@code http.port}
 * @param advertisedHost {@code http.advertised-host}: the name under which other instances reach
 *     this one
 * @param queries how queries are answered that another instance has the answer to
 */
public record ScoringSettings(
    ConnectionSettings connections,
    String instanceId,
    Path featuresFile,
    List<EntitySettings> entities,
    Path stateDir,
    int stateMemoryMebibytes,
    int cacheMebibytes,
    int streamThreads,
    Duration commitInterval,
    Duration linger,
    Guarantee guarantee,
    ReplicaSettings replicas,
    IngestSource source,
    Duration futureTolerance,
    SilenceLadder silence,
    BackgroundWork background,
    Duration populationInterval,
    QualitySettings quality,
    TrustedKeys trustedKeys,
    String httpHost,
    int httpPort,
    String advertisedHost,
    QuerySettings queries) {

  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

  public ScoringSettings {
    entities = List.copyOf(entities);
  }

  /** What holds for the outputs after a crash. */
  public enum Guarantee {
    /**
     * Consumers do not wait for commits. In a longer interval a busy profile is written once for
     * more of its events; a crash repeats more.
     */
    AT_LEAST_ONCE(Duration.ofSeconds(1), Duration.ofMillis(5)),
    /** A record may be sent as late as the commit, before which no consumer sees it. */
    EXACTLY_ONCE_V2(Duration.ofMillis(100), Duration.ofMillis(100));

    private final Duration commitInterval;
    private final Duration linger;

    Guarantee(Duration commitInterval, Duration linger) {
      this.commitInterval = commitInterval;
      this.linger = linger;
    }

    /** As Kafka Streams spells it. */
    public String configured() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How other instances know this one. */
  HostInfo advertised() {
    return new HostInfo(advertisedHost, httpPort);
  }

  /**
   * Reads the settings.
   *
   * @throws dev.presage.schemas.settings.InvalidSettingsException with every problem
   */
  public static ScoringSettings read(SettingsReader reader) {
    String httpHost = reader.string("http.host", "127.0.0.1");
    int httpPort = reader.integer("http.port", 8080, 1, 65535);
    Guarantee guarantee = reader.choice("streams.guarantee", Guarantee.EXACTLY_ONCE_V2);
    ScoringSettings settings =
        new ScoringSettings(
            ConnectionSettings.read(reader),
            reader.string("instance-id", hostName() + "-" + httpPort),
            reader.requiredFile("features.file"),
            EntitySettings.read(reader),
            Path.of(reader.string("state.dir", "presage-state")),
            reader.integer("state.memory-mib", 256, 16, 1 << 20),
            reader.integer("state.cache-mib", 64, 0, 1 << 20),
            reader.integer("streams.threads", Runtime.getRuntime().availableProcessors(), 1, 256),
            reader.duration(
                "streams.commit-interval", guarantee.commitInterval, Duration.ofMillis(1)),
            reader.duration("streams.linger", guarantee.linger, Duration.ZERO),
            guarantee,
            ReplicaSettings.read(reader),
            reader.choice("ingest.source", IngestSource.EVENTS),
            reader.duration("ingest.future-tolerance", Duration.ofMinutes(5), Duration.ZERO),
            new SilenceLadder(
                reader.growingDurations(
                    "silence.ladder", SilenceLadder.STANDARD.rungs(), Duration.ofMinutes(1))),
            backgroundWork(reader),
            reader.duration(
                "population.interval", CensusExchange.STANDARD_INTERVAL, Duration.ofMillis(100)),
            QualitySettings.read(reader),
            TrustedKeys.read(reader),
            httpHost,
            httpPort,
            advertisedHost(reader, httpHost),
            QuerySettings.read(reader));
    reader.finish();
    return settings;
  }

  private static BackgroundWork backgroundWork(SettingsReader reader) {
    BackgroundWork standard = BackgroundWork.STANDARD;
    return new BackgroundWork(
        reader.choice("time.clock", standard.clockMode()),
        reader.duration("time.idle", standard.idle(), Duration.ofMillis(1)),
        reader.duration("background.interval", standard.interval(), Duration.ofMillis(1)),
        reader.share("background.share", standard.share()));
  }

  /** By default what it listens at, or its name where that is every address of the machine. */
  private static String advertisedHost(SettingsReader reader, String httpHost) {
    String key = "http.advertised-host";
    String host = reader.string(key, EVERY_ADDRESS.contains(httpHost) ? hostName() : httpHost);
    if (EVERY_ADDRESS.contains(host)) {
      reader.problem(
          "%s is '%s', which is the asking instance itself wherever it is asked; give a name or an address of this one"
              .formatted(reader.named(key), host));
    }
    return host;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^a-zA-Z0-9._-]", "-");
    } catch (UnknownHostException e) {
      return "scoring";
    }
  }
}
