package dev.presage.scoring.runtime;

import dev.presage.schemas.settings.SettingsReader;
import java.time.Duration;
import java.util.Locale;

/**
 * How partitions are divided among instances, and how many copies of their stores are kept.
 *
 * @param groupProtocol {@code streams.group-protocol}
 * @param standbyReplicas {@code streams.standby-replicas}: copies of each store that other
 *     instances keep up to date
 * @param acceptableRecoveryLag {@code streams.acceptable-recovery-lag}: how many records of the
 *     changelog a copy may miss to take over a partition at once
 * @param maxWarmupReplicas {@code streams.max-warmup-replicas}: how many copies are made at a time
 *     for partitions that are to move
 * @param probingRebalanceInterval {@code streams.probing-rebalance-interval}: how often it is
 *     looked whether they are done, while there are any
 */
record ReplicaSettings(
    GroupProtocol groupProtocol,
    int standbyReplicas,
    int acceptableRecoveryLag,
    int maxWarmupReplicas,
    Duration probingRebalanceInterval) {

  /** Who divides the partitions. */
  enum GroupProtocol {
    /** A member of the group; members are static. */
    CLASSIC,
    /** The broker; members are dynamic. */
    STREAMS;

    /** As Kafka spells it. */
    String configured() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ReplicaSettings read(SettingsReader reader) {
    return new ReplicaSettings(
        reader.choice("streams.group-protocol", GroupProtocol.CLASSIC),
        reader.integer("streams.standby-replicas", 0, 0, 100),
        reader.integer("streams.acceptable-recovery-lag", 10_000, 0, Integer.MAX_VALUE),
        reader.integer("streams.max-warmup-replicas", 2, 1, 1_000),
        reader.duration(
            "streams.probing-rebalance-interval", Duration.ofMinutes(1), Duration.ofMinutes(1)));
  }
}
