package dev.presage.schemas.topics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.ModelArtefact;
import java.util.Map;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class ModelProducerTest {
  @Test
  void shouldNameTheLimitOfARecordThatIsTooLarge() {
    Serializer<ModelArtefact> tooLarge =
        (topic, artefact) -> new byte[TopicCatalogue.LARGEST_MODEL_RECORD_BYTES + 1];
    try (ModelProducer producer =
        new ModelProducer(Map.of("bootstrap.servers", "127.0.0.1:9"), "models", tooLarge)) {
      assertThatThrownBy(() -> producer.publish("churn/v1", null))
          .isInstanceOf(RecordTooLargeException.class)
          .hasMessage(
              "Model churn/v1 has 75,497,473 bytes as a record, topic models takes up to"
                  + " 75,497,472; train a smaller one");
    }
  }
}
