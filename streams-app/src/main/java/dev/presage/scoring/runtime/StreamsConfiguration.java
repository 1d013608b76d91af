package dev.presage.scoring.runtime;

import dev.presage.features.state.SharedRocksDbMemory;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.scoring.runtime.ReplicaSettings.GroupProtocol;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams that follow from ours. */
final class StreamsConfiguration {
  private static final int FETCH_BYTES = 16 << 10;
  private static final int FETCH_MILLIS = 5;

  private StreamsConfiguration() {}

  static Properties of(ScoringSettings settings) {
    Properties properties = new Properties();
    properties.putAll(settings.connections().kafka());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(settings));
    properties.put(StreamsConfig.CLIENT_ID_CONFIG, settings.instanceId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.streamThreads());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.guarantee().configured());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    // The default of Kafka 5, whose constant is deprecated already; unset, every start warns of it.
    properties.put("processing.exception.handler.global.enabled", true);
    properties.put(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDbMemory.class.getName());
    properties.put(SharedRocksDbMemory.BYTES_CONFIG, settings.stateMemoryMebibytes() * (1L << 20));
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        settings.linger().toMillis());
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        TopicCatalogue.LARGEST_MODEL_RECORD_BYTES);
    // Fewer fetches under load; decision 62 has the figures.
    properties.putIfAbsent(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), FETCH_BYTES);
    properties.putIfAbsent(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_MILLIS);
    properties.put(
        StreamsConfig.APPLICATION_SERVER_CONFIG,
        settings.advertised().host() + ":" + settings.advertised().port());
    divideBy(settings, properties);
    return properties;
  }

  private static void divideBy(ScoringSettings settings, Properties properties) {
    ReplicaSettings replicas = settings.replicas();
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, replicas.groupProtocol().configured());
    if (replicas.groupProtocol() == GroupProtocol.STREAMS) {
      // The broker keeps the rest as settings of the group; it knows no static members.
      return;
    }
    // A static member that was killed takes its partitions up again as soon as it is back; a
    // dynamic one would first have to be missed for the length of its session.
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        settings.instanceId());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, replicas.standbyReplicas());
    properties.put(
        StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, (long) replicas.acceptableRecoveryLag());
    properties.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, replicas.maxWarmupReplicas());
    properties.put(
        StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG,
        replicas.probingRebalanceInterval().toMillis());
  }

  static String applicationId(ScoringSettings settings) {
    return settings.connections().topics().prefix() + "presage-scoring";
  }
}
