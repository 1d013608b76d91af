package dev.presage.scoring.ingest;

import dev.presage.scoring.deadletter.DeadLetter;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.ingest.Ingest.Addressed;
import dev.presage.scoring.ingest.Ingest.Origin;
import dev.presage.scoring.ingest.Ingest.Outcome;
import dev.presage.scoring.metrics.ScoringMetrics;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Puts what comes in on the logs of profiles and the rest among the dead letters. */
public final class IngestProcessor implements Processor<byte[], byte[], Object, Object> {
  private final Ingest ingest;
  private final ScoringMetrics metrics;
  private final String logSink;
  private final String deadLetterSink;
  private ProcessorContext<Object, Object> context;

  /** Creates a processor that forwards to two named sinks. */
  @SuppressWarnings("NullAway.Init") // init() comes before process(), by Kafka Streams' contract.
  public IngestProcessor(
      Ingest ingest, ScoringMetrics metrics, String logSink, String deadLetterSink) {
    this.ingest = ingest;
    this.metrics = metrics;
    this.logSink = logSink;
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
              record.withKey(addressed.profileId()).withValue(addressed.entry()), logSink);
        }
      }
      case Outcome.Refused(Refusal refusal) -> {
        metrics.deadLetter(refusal.code());
        context.forward(DeadLetter.of(record, source, refusal), deadLetterSink);
      }
    }
  }
}
