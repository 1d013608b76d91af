package dev.presage.retrain.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.presage.local.stack.LocalStack;
import dev.presage.retrain.report.ReportShelf;
import dev.presage.retrain.runs.RunBook;
import dev.presage.retrain.runs.RunEnd;
import dev.presage.retrain.runs.RunJournal;
import dev.presage.retrain.runs.RunState;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.schedule.Gain;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.schemas.avro.TrainingRun;
import dev.presage.schemas.registry.RegistryConfig;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicProvisioner;
import dev.presage.schemas.topics.Topics;
import dev.presage.schemas.wire.AvroSerde;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The journal of runs on a real broker: one writer, and nothing is lost on the way to the next. */
class RunTopicIT {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Topics TOPICS = Topics.unprefixed();

  @Test
  void shouldHaveOneWriterWhoKnowsWhatTheOneBeforeHasWritten() throws InterruptedException {
    try (LocalStack stack = LocalStack.start();
        Admin admin = Admin.create(settings(stack))) {
      new TopicProvisioner(admin).ensure(new TopicCatalogue(TOPICS, 3));
      SchemaRegistry registry = SchemaRegistry.connect(RegistryConfig.of(stack.registryUrl()));
      CountDownLatch lost = new CountDownLatch(1);
      RunBook later = new RunBook();
      ReportShelf written = new ReportShelf();
      ReportShelf reports = new ReportShelf();
      try (RunJournal first =
          topic(stack, registry, new RunBook(), written).open(journal -> lost.countDown())) {
        first.write(run("forgotten", RunState.QUEUED, null));
        first.write(run("kept", RunState.QUEUED, null));
        first.write(
            run("kept", RunState.HELD, new RunEnd("little", true, null, Gain.LITTLE, null)));
        first.forget(run("forgotten", RunState.QUEUED, null));
        written.put("kept", new byte[] {1, 2, 3});
        first.write(
            run("kept", RunState.HELD, new RunEnd("little", true, null, Gain.LITTLE, null)));
        await()
            .untilAsserted(
                () -> {
                  RunBook seen = new RunBook();
                  topic(stack, registry, seen, reports).read();
                  assertThat(seen.find("kept").map(RunStatus::state)).hasValue(RunState.HELD);
                  assertThat(seen.find("forgotten")).isEmpty();
                  assertThat(reports.kept("kept"))
                      .as("a report outlives what is added")
                      .isPresent();
                });

        try (RunJournal second = topic(stack, registry, later).open(journal -> {})) {
          assertThat(later.find("kept").map(RunStatus::reason)).hasValue("little");
          first.write(run("too-late", RunState.TRAINING, null));
          lost.await();
          second.write(run("in-time", RunState.TRAINING, null));
        }
      }
      RunBook end = new RunBook();
      topic(stack, registry, end).read();
      assertThat(end.find("too-late")).as("of one that was fenced").isEmpty();
      assertThat(end.find("in-time")).isPresent();
    }
  }

  private static RunTopic topic(LocalStack stack, SchemaRegistry registry, RunBook book) {
    return topic(stack, registry, book, new ReportShelf());
  }

  private static RunTopic topic(
      LocalStack stack, SchemaRegistry registry, RunBook book, ReportShelf reports) {
    AvroSerde<TrainingRun> serde = AvroSerde.of(TrainingRun.class, registry);
    return new RunTopic(
        settings(stack),
        TOPICS.trainingRuns(),
        serde.serializer(),
        serde.deserializer(),
        book,
        reports,
        () -> false);
  }

  private static Map<String, Object> settings(LocalStack stack) {
    return Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers());
  }

  private static RunStatus run(String id, RunState state, @Nullable RunEnd end) {
    return new RunStatus(
        id,
        "orders-again",
        Occasion.BY_HAND,
        state,
        "a step",
        0.5,
        1,
        9,
        NOW,
        NOW,
        end == null ? null : NOW,
        end);
  }
}
