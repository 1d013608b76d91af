package dev.presage.scoring.runtime;

import dev.presage.features.state.StoredProfiles;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.runtime.ScoringSettings.Guarantee;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.HostInfo;

/** The profile stores of one entity type of a running topology. */
final class StreamsProfileStores implements ProfileStores {
  private final KafkaStreams streams;
  private final String storeName;
  private final int markers;
  private final ReplicaLags lags;

  StreamsProfileStores(KafkaStreams streams, EntityType type, Guarantee guarantee) {
    this.streams = streams;
    this.storeName = type.profileStore();
    // A replica never applies the end of the transaction that the newest record belongs to.
    this.markers = guarantee == Guarantee.EXACTLY_ONCE_V2 ? 1 : 0;
    this.lags = new ReplicaLags(this::measureLags, System::nanoTime);
  }

  @Override
  public Whereabouts find(byte[] key) {
    return available(
        () -> {
          KeyQueryMetadata where =
              streams.queryMetadataForKey(storeName, key, new ByteArraySerializer());
          // Null, though its type does not say so, before the first division.
          if (where == null || where.partition() < 0) {
            throw new StoreUnavailableException("The partitions are being divided");
          }
          Optional<HostInfo> active =
              Optional.of(where.activeHost()).filter(it -> !it.equals(HostInfo.unavailable()));
          return new Whereabouts(where.partition(), active, where.standbyHosts());
        });
  }

  @Override
  public Optional<Profile> readActive(byte[] key, int partition) {
    return read(key, query().withPartition(partition));
  }

  @Override
  public Optional<Profile> readStandby(byte[] key, int partition) {
    return read(key, query().withPartition(partition).enableStaleStores());
  }

  @Override
  public long lag(int partition) {
    Long lag = available(lags::current).get(partition);
    if (lag == null) {
      throw new StoreUnavailableException(
          "There is no replica of partition " + partition + " of the profiles here");
    }
    return lag;
  }

  private Optional<Profile> read(byte[] key, StoreQueryParameters<StoredProfiles<Profile>> query) {
    return available(() -> Optional.ofNullable(streams.store(query).read(key)));
  }

  private StoreQueryParameters<StoredProfiles<Profile>> query() {
    return StoreQueryParameters.fromNameAndType(storeName, StoredProfiles.type());
  }

  private Map<Integer, Long> measureLags() {
    Map<Integer, Long> measured = new HashMap<>();
    streams
        .allLocalStorePartitionLags()
        .getOrDefault(storeName, Map.of())
        .forEach(
            (partition, lag) -> measured.put(partition, Math.max(0, lag.offsetLag() - markers)));
    return measured;
  }

  private <T> T available(Supplier<T> reading) {
    if (!streams.state().isRunningOrRebalancing()) {
      throw new StoreUnavailableException("Kafka Streams is " + streams.state());
    }
    try {
      return reading.get();
    } catch (InvalidStateStoreException e) {
      throw new StoreUnavailableException("The profile store is being restored: " + e.getMessage());
    } catch (StreamsException e) {
      throw new StoreUnavailableException("Kafka Streams cannot tell: " + e.getMessage());
    } catch (IllegalStateException e) {
      if (streams.state().isRunningOrRebalancing()) {
        throw e;
      }
      throw new StoreUnavailableException("Kafka Streams is " + streams.state());
    }
  }
}
