package dev.presage.retrain.kafka;

import dev.presage.model.LiveModels;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelArtefacts;
import dev.presage.model.ModelDecision;
import dev.presage.model.signature.SigningKey;
import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.baseline.SingleFeature;
import dev.presage.retrain.runs.Models;
import dev.presage.schemas.avro.Baseline;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.topics.CompactedTopicFollower;
import dev.presage.schemas.topics.ModelProducer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
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

  private final LiveModels live;
  private final Optional<SigningKey> signingKey;
  private final ModelProducer producer;

  /** Of every version that was ever seen, also of those that are retired: they may have scored. */
  private final ConcurrentMap<String, PlacedBaseline> baselines = new ConcurrentHashMap<>();

  /**
   * Publishes to a topic.
   *
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   * @param live empty as yet
   * @param signingKey signs every model that is published, where there is one
   */
  public PublishedModels(
      Map<String, Object> kafka,
      String topic,
      Serializer<ModelArtefact> serializer,
      LiveModels live,
      Optional<SigningKey> signingKey) {
    this.live = live;
    this.signingKey = signingKey;
    this.producer = new ModelProducer(kafka, topic, serializer);
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
        baselines.put(key, new PlacedBaseline(baseline, index));
      }
    }
  }

  /**
   * The baseline of a model version, where it has one.
   *
   * @param scale what its trait is of, which an artefact does not say
   */
  public Optional<SingleFeature> baseline(String trait, String version, Scale scale) {
    return Optional.ofNullable(baselines.get(ModelArtefacts.key(trait, version)))
        .map(it -> it.scaled(scale));
  }

  private record PlacedBaseline(Baseline baseline, int index) {
    SingleFeature scaled(Scale scale) {
      return new SingleFeature(
          scale,
          baseline.getFeature(),
          index,
          baseline.getIntercept(),
          baseline.getSlope(),
          baseline.getMissing());
    }
  }

  @Override
  public Optional<LoadedModel> live(String trait) {
    return Optional.ofNullable(live.current().live(trait));
  }

  @Override
  public void publish(ModelArtefact artefact) {
    String key = ModelArtefacts.key(artefact.getTrait(), artefact.getVersion());
    try {
      producer.publish(key, signingKey.map(it -> it.sign(artefact)).orElse(artefact));
    } catch (KafkaException e) {
      throw new PublishingException(String.valueOf(e.getMessage()), e);
    }
    log.info("Published model {}", key);
  }

  @Override
  public void close() {
    producer.close();
  }
}
