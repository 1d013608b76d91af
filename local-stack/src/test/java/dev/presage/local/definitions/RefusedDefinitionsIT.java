package dev.presage.local.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.local.connection.Connection;
import dev.presage.local.stack.LocalStack;
import dev.presage.schemas.avro.DefinitionKind;
import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.DefinitionStatus;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicProvisioner;
import dev.presage.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RefusedDefinitionsIT {
  private static final Topics TOPICS = Topics.unprefixed();
  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant AFTER = SINCE.plusSeconds(1);
  private static final Instant BEFORE = SINCE.minusMillis(1);

  @Test
  void shouldFindWhatWasRefusedOfThePublishedDefinitions() {
    try (LocalStack stack = LocalStack.start()) {
      Connection connection = Connection.open(stack.bootstrapServers(), stack.registryUrl());
      try (Admin admin = connection.admin()) {
        new TopicProvisioner(admin).ensure(new TopicCatalogue(TOPICS, 1));
      }
      publish(
          connection,
          status(DefinitionKind.TRAIT, "churn", DefinitionOutcome.REFUSED, BEFORE),
          status(DefinitionKind.SEGMENTATION, "risk", DefinitionOutcome.ACCEPTED, BEFORE),
          status(DefinitionKind.SEGMENTATION, "another", DefinitionOutcome.REFUSED, AFTER),
          status(DefinitionKind.TRAIT, "churn", DefinitionOutcome.ACCEPTED, AFTER),
          status(DefinitionKind.SEGMENTATION, "risk", DefinitionOutcome.REFUSED, AFTER));

      List<DefinitionStatus> refused =
          new RefusedDefinitions(connection, TOPICS, Duration.ofMinutes(1))
              .among(List.of(trait("churn")), List.of(segmentation("risk")), SINCE);

      assertThat(refused).extracting(DefinitionStatus::getName).containsExactly("risk");
      assertThat(RefusedDefinitions.lines(refused.getFirst()))
          .containsExactly(
              "The segmentation risk is refused, and none is in effect:", "  this", "  and that");

      assertThat(
              new RefusedDefinitions(connection, TOPICS, Duration.ZERO)
                  .among(List.of(trait("never-read")), List.of(), SINCE))
          .isEmpty();
    }
  }

  private static void publish(Connection connection, DefinitionStatus... statuses) {
    try (Producer<String, DefinitionStatus> producer =
        connection.producer(DefinitionStatus.class)) {
      for (DefinitionStatus status : statuses) {
        var unused =
            producer.send(
                new ProducerRecord<>(TOPICS.definitionStatus(), status.getName(), status));
      }
    }
  }

  private static DefinitionStatus status(
      DefinitionKind kind, String name, DefinitionOutcome outcome, Instant decidedAt) {
    return new DefinitionStatus(
        kind,
        name,
        "scoring-1",
        outcome,
        outcome == DefinitionOutcome.REFUSED ? List.of("this", "and that") : List.of(),
        outcome == DefinitionOutcome.ACCEPTED,
        decidedAt);
  }

  private static TraitDefinition trait(String name) {
    return TraitDefinition.newBuilder()
        .setTrait(name)
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(1)
        .build();
  }

  private static SegmentDefinition segmentation(String name) {
    return new SegmentDefinition(name, "customer", "", List.of(), 0L);
  }
}
