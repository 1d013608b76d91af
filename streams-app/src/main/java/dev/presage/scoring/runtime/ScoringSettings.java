package dev.presage.scoring.runtime;

import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Settings of the application; every key begins with {@code presage.}.
 *
 * @param connections broker, registry, topics
 * @param instanceId {@code instance-id}: name of this instance, the same after a restart, different
 *     from every other instance's
 * @param featuresFile {@code features.file}: the declared features
 * @param stateDir {@code state.dir}: where RocksDB keeps its files
 * @param streamThreads {@code streams.threads}
 * @param commitInterval {@code streams.commit-interval}: how often a transaction ends, so about how
 *     long a consumer of read committed records waits
 * @param guarantee {@code streams.guarantee}
 * @param futureTolerance {@code ingest.future-tolerance}: how far ahead of the clock an event may
 *     be
 * @param httpHost {@code http.host}
 * @param httpPort {@code http.port}; 0 for a free one
 */
public record ScoringSettings(
    ConnectionSettings connections,
    String instanceId,
    Path featuresFile,
    Path stateDir,
    int streamThreads,
    Duration commitInterval,
    Guarantee guarantee,
    Duration futureTolerance,
    String httpHost,
    int httpPort) {

  /** What holds for the outputs after a crash. */
  public enum Guarantee {
    AT_LEAST_ONCE,
    EXACTLY_ONCE_V2;

    /** As Kafka Streams spells it. */
    public String configured() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads the settings.
   *
   * @throws dev.presage.schemas.settings.InvalidSettingsException with every problem
   */
  public static ScoringSettings read(SettingsReader reader) {
    ScoringSettings settings =
        new ScoringSettings(
            ConnectionSettings.read(reader),
            reader.string("instance-id", "scoring-1"),
            reader.requiredFile("features.file"),
            Path.of(reader.string("state.dir", "presage-state")),
            reader.integer("streams.threads", Runtime.getRuntime().availableProcessors(), 1, 256),
            reader.duration(
                "streams.commit-interval", Duration.ofMillis(100), Duration.ofMillis(1)),
            reader.choice("streams.guarantee", Guarantee.EXACTLY_ONCE_V2),
            reader.duration("ingest.future-tolerance", Duration.ofMinutes(5), Duration.ZERO),
            reader.string("http.host", "127.0.0.1"),
            reader.integer("http.port", 8080, 0, 65535));
    reader.finish();
    return settings;
  }
}
