package dev.presage.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.registry.InMemorySchemaRegistry;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {
  private static final int LARGEST_BY_DEFAULT = (1 << 20) + 12;

  private final TopicCatalogue catalogue = new TopicCatalogue(new Topics("test."), 4);

  @Test
  void shouldKeepOutputsByTheTimeOfTheirArrival() {
    assertThat(catalogue.specs())
        .filteredOn(
            it ->
                "LogAppendTime".equals(it.config().get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)))
        .extracting(TopicSpec::name)
        .containsExactlyInAnyOrder(
            "test.trait-updates",
            "test.trait-values",
            "test.segment-changes",
            "test.trigger-calls",
            "test.trigger-candidates",
            "test.triggers",
            "test.held-triggers",
            "test.training-examples",
            "test.dead-letters",
            "test.definition-status",
            "test.model-status",
            "test.training-runs",
            "test.population",
            "test.privacy-receipts");
  }

  @Test
  void shouldTakeOnCopiesWhateverABrokerAcceptsByDefault() {
    assertThat(List.of(spec("profile-log"), spec("dead-letters"), spec("models")))
        .allSatisfy(
            it ->
                assertThat(it.config().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                    .satisfies(
                        bytes ->
                            assertThat(Integer.parseInt(bytes)).isGreaterThan(LARGEST_BY_DEFAULT)));
  }

  @Test
  void shouldKeepTheProfileLogForEver() {
    assertThat(spec("profile-log").config()).containsEntry(TopicConfig.RETENTION_MS_CONFIG, "-1");
    assertThat(spec("profile-log").cleanupPolicy()).isEqualTo("delete");
  }

  @Test
  void shouldHaveAProfileLogOfEachEntityType() {
    TopicCatalogue more = new TopicCatalogue(new Topics("test."), 4, List.of("item"));

    assertThat(more.specs())
        .filteredOn(it -> !catalogue.specs().contains(it))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.name()).isEqualTo("test.profile-log-item");
              assertThat(it.exactPartitions()).isTrue();
              assertThat(it.config()).isEqualTo(spec("profile-log").config());
              assertThat(it.value()).isEqualTo(spec("profile-log").value());
            });
  }

  @Test
  void shouldInsistOnPartitionsWhereOrderOrStateDependsOnThem() {
    assertThat(catalogue.specs())
        .filteredOn(TopicSpec::exactPartitions)
        .extracting(TopicSpec::name)
        .containsExactlyInAnyOrder(
            "test.profile-log",
            "test.population",
            "test.trait-definitions",
            "test.segment-definitions",
            "test.definition-status",
            "test.trigger-definitions",
            "test.trigger-calls",
            "test.trigger-candidates",
            "test.models",
            "test.model-status",
            "test.training-runs",
            "test.dead-letters");
  }

  @Test
  void shouldRegisterTheSchemaOfEveryTopicThatHasOne() {
    InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    catalogue.registerSchemas(registry);

    assertThat(catalogue.specs())
        .filteredOn(it -> it.value() == null)
        .extracting(TopicSpec::name)
        .containsExactly("test.dead-letters");
    assertThat(registry.isCompatible("test.events-value", Schema.create(Schema.Type.STRING)))
        .isFalse();
    assertThat(registry.isCompatible("test.dead-letters-value", Schema.create(Schema.Type.STRING)))
        .isTrue();
  }

  private TopicSpec spec(String name) {
    return catalogue.specs().stream()
        .filter(it -> it.name().equals("test." + name))
        .findFirst()
        .orElseThrow();
  }
}
