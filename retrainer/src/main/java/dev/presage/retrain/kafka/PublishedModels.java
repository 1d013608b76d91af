package dev.presage.retrain.kafka;

import dev.presage.model.LiveModels;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelArtefacts;
import dev.presage.model.ModelDecision;
import dev.presage.retrain.baseline.SingleFeature;
import dev.presage.retrain.runs.Models;
import dev.presage.schemas.avro.Baseline;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.topics.CompactedTopicFollower;
import dev.presage.schemas.topics.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code models}: follows it by the rules by which the streams application does, so that
 * both agree on what is live, and publishes to it. Thread-safe.
 */
public final class PublishedModels
    implements Models, CompactedTopicFollower.Handler<ModelArtefact>, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PublishedModels.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final String topic;
  private final LiveModels live;
  private final Producer<String, ModelArtefact> producer;

  /** Of every version that was ever seen, also of those that are retired: they may have scored. */
  private final ConcurrentMap<String, SingleFeature> baselines = new ConcurrentHashMap<>();

  /**
   * Publishes to a topic.
   *
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   * @param live empty as yet
   */
  public PublishedModels(
      Map<String, Object> kafka,
      String topic,
      Serializer<ModelArtefact> serializer,
      LiveModels live) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicCatalogue.LARGEST_MODEL_RECORD_BYTES);
    this.topic = topic;
    this.live = live;
    this.producer = new KafkaProducer<>(settings, new StringSerializer(), serializer);
  }

  @Override
  public void onRecord(String key, @Nullable ModelArtefact artefact) {
    ModelDecision decision = live.apply(key, artefact);
    if (decision.refused()) {
      log.warn("Model {} is not one to serve: {}: {}", key, decision.code(), decision.reason());
    }
    if (artefact != null && artefact.getBaseline() != null) {
      Baseline baseline = artefact.getBaseline();
      int index = artefact.getFeatureSchema().getFeatures().indexOf(baseline.getFeature());
      if (index >= 0) {
        baselines.put(
            key,
            new SingleFeature(
                baseline.getFeature(),
                index,
                baseline.getIntercept(),
                baseline.getSlope(),
                baseline.getMissing()));
      }
    }
  }

  /** The baseline of a model version, where it has one. */
  public Optional<SingleFeature> baseline(String trait, String version) {
    return Optional.ofNullable(baselines.get(ModelArtefacts.key(trait, version)));
  }

  @Override
  public Optional<String> liveVersion(String trait) {
    return Optional.ofNullable(live.current().live(trait)).map(LoadedModel::version);
  }

  @Override
  public void publish(ModelArtefact artefact) {
    String key = ModelArtefacts.key(artefact.getTrait(), artefact.getVersion());
    try {
      producer.send(new ProducerRecord<>(topic, key, artefact)).get();
    } catch (ExecutionException e) {
      throw new PublishingException(
          "Model %s was not taken by topic %s: %s".formatted(key, topic, e.getCause()), e);
    } catch (KafkaException e) {
      throw new PublishingException(
          "Model %s was not taken by topic %s: %s".formatted(key, topic, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishingException("Stopped while model %s was published".formatted(key), e);
    }
    log.info("Published model {}", key);
  }

  @Override
  public void close() {
    producer.close(LONGEST_CLOSE);
  }
}
