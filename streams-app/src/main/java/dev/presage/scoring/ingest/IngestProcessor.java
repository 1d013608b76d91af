package dev.presage.scoring.ingest;

import dev.presage.scoring.deadletter.DeadLetter;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.ingest.Ingest.Addressed;
import dev.presage.scoring.ingest.Ingest.Origin;
import dev.presage.scoring.ingest.Ingest.Outcome;
import dev.presage.scoring.metrics.ScoringMetrics;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Puts what comes in on the logs of profiles and the rest among the dead letters. */
public final class IngestProcessor implements Processor<byte[], byte[], Object, Object> {
  private final Ingest ingest;
  private final ScoringMetrics metrics;
  private final Map<EntityType, String> logSinks;
  private final String deadLetterSink;
  private ProcessorContext<Object, Object> context;

  /**
   * Creates a processor that forwards to named sinks.
   *
   * @param logSinks of every entity type for which records come
   */
  @SuppressWarnings("NullAway.Init") // init() comes before process(), by Kafka Streams' contract.
  public IngestProcessor(
      Ingest ingest,
      ScoringMetrics metrics,
      Map<EntityType, String> logSinks,
      String deadLetterSink) {
    this.ingest = ingest;
    this.metrics = metrics;
    this.logSinks = Map.copyOf(logSinks);
    this.deadLetterSink = deadLetterSink;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    Origin origin = new Origin(source.topic(), source.partition(), source.offset());
    switch (ingest.accept(source.topic(), record.value(), origin)) {
      case Outcome.Accepted accepted -> {
        for (Addressed addressed : accepted.entries()) {
          context.forward(
              record.withKey(addressed.profileId()).withValue(addressed.entry()),
              logSinks.get(addressed.entityType()));
        }
      }
      case Outcome.Refused(Refusal refusal) -> {
        metrics.deadLetter(refusal.code());
        context.forward(DeadLetter.of(record, source, refusal), deadLetterSink);
      }
    }
  }
}
