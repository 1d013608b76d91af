package dev.presage.scoring.runtime;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Where the profile of an ID is kept, as the partitions were divided last.
 *
 * @param partition that the ID belongs to
 * @param active the instance that folds it; empty where no instance does now
 * @param standbys the instances that keep a standby replica of it
 */
record Whereabouts(int partition, Optional<HostInfo> active, Set<HostInfo> standbys) {
  Whereabouts {
    standbys = Set.copyOf(standbys);
  }
}
