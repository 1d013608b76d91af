package dev.presage.retrain.kafka;

import dev.presage.retrain.report.ReportShelf;
import dev.presage.retrain.report.RunReport;
import dev.presage.retrain.report.StoredReport;
import dev.presage.retrain.runs.RunBook;
import dev.presage.retrain.runs.RunJournal;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.schemas.avro.TrainingRun;
import dev.presage.schemas.topics.CompactedTopicFollower;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@code training-runs}: one record a run, as it is now. It has one writer at a time: who
 * opens a journal fences the one before, by a transactional ID that all retrainers of an
 * installation share.
 */
public final class RunTopic implements CompactedTopicFollower.Handler<TrainingRun> {
  private static final Logger log = LoggerFactory.getLogger(RunTopic.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Map<String, Object> kafka;
  private final String topic;
  private final Serializer<TrainingRun> serializer;
  private final Deserializer<TrainingRun> deserializer;
  private final RunBook book;
  private final ReportShelf reports;
  private final BooleanSupplier leads;

  /**
   * @param kafka settings of Kafka clients, at least the bootstrap servers
   * @param book takes in what others write
   * @param reports takes in all reports
   * @param leads whether this retrainer is the writer: its book is ahead of the topic then
   */
  public RunTopic(
      Map<String, Object> kafka,
      String topic,
      Serializer<TrainingRun> serializer,
      Deserializer<TrainingRun> deserializer,
      RunBook book,
      ReportShelf reports,
      BooleanSupplier leads) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topic;
    this.serializer = serializer;
    this.deserializer = deserializer;
    this.book = book;
    this.reports = reports;
    this.leads = leads;
  }

  @Override
  public void onRecord(String key, @Nullable TrainingRun run) {
    take(key, run, !leads.getAsBoolean());
  }

  private void take(String key, @Nullable TrainingRun run, boolean remember) {
    if (run == null) {
      reports.remove(RunCodec.id(key));
    } else if (run.getReport() != null) {
      ByteBuffer report = run.getReport().duplicate();
      byte[] bytes = new byte[report.remaining()];
      report.get(bytes);
      reports.put(run.getRunId(), bytes);
    }
    if (!remember) {
      return;
    }
    if (run == null) {
      book.remove(RunCodec.id(key));
    } else {
      RunCodec.decode(run).ifPresent(book::remember);
    }
  }

  /**
   * Becomes the one writer, and brings the book up to what is on the topic then.
   *
   * @param lost called with the journal, once and on a thread of its own, when another one has
   *     become the writer
   * @throws KafkaException when the broker does not let it
   * @throws dev.presage.retrain.history.HistoryException when the topic cannot be read
   */
  public RunJournal open(Consumer<RunJournal> lost) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic + "-writer");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"); // Reports are compressed.
    Producer<String, TrainingRun> producer =
        new KafkaProducer<>(settings, new StringSerializer(), serializer);
    try {
      producer.initTransactions();
      read();
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
    return new Journal(producer, lost);
  }

  /**
   * Brings the book up to what is on the topic now.
   *
   * @throws dev.presage.retrain.history.HistoryException when the topic cannot be read
   */
  void read() {
    Restoring restoring = new Restoring();
    new TopicSnapshot(kafka, topic).read(restoring);
    book.retain(restoring.runs);
  }

  private final class Restoring implements TopicSnapshot.Visitor {
    private final Set<String> runs = new HashSet<>();

    @Override
    public void record(ConsumerRecord<String, byte[]> record) {
      try {
        TrainingRun run = deserializer.deserialize(topic, record.value());
        if (run == null) {
          runs.remove(RunCodec.id(record.key()));
        } else {
          runs.add(run.getRunId());
        }
        take(record.key(), run, true);
      } catch (SerializationException e) {
        log.warn("Passed over an unreadable run at offset {}: {}", record.offset(), e.getMessage());
      }
    }

    @Override
    public void endPartition() {
      // There is one.
    }

    @Override
    public void progress(long read, long all) {
      // It takes moments.
    }
  }

  private final class Journal implements RunJournal {
    private static final int MOST_ATTEMPTS = 3;

    private final Producer<String, TrainingRun> producer;
    private final Consumer<RunJournal> lost;
    private final ExecutorService writer =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("journal").daemon().factory());

    /** Touched by the writer alone. */
    private boolean isOver;

    Journal(Producer<String, TrainingRun> producer, Consumer<RunJournal> lost) {
      this.producer = producer;
      this.lost = lost;
    }

    @Override
    public void write(RunStatus run) {
      send(run, () -> encode(run));
    }

    @Override
    public void forget(RunStatus run) {
      send(run, () -> null);
    }

    /** On the writer's thread, as reports take a while. */
    private TrainingRun encode(RunStatus run) {
      TrainingRun record = RunCodec.encode(run);
      byte[] report = report(run);
      return report == null
          ? record
          : TrainingRun.newBuilder(record).setReport(ByteBuffer.wrap(report)).build();
    }

    /** A record without it would take it back. */
    private byte @Nullable [] report(RunStatus run) {
      if (run.report() == null) {
        return reports.kept(run.id()).orElse(null);
      }
      try {
        byte[] report = StoredReport.write(RunReport.of(run));
        reports.put(run.id(), report);
        return report;
      } catch (RuntimeException | Error e) {
        // Errors as well, out of memory above all: what became of the run counts for more.
        log.error("The report of run {} is not kept", run.id(), e);
        return null;
      }
    }

    private void send(RunStatus run, Supplier<@Nullable TrainingRun> value) {
      try {
        writer.execute(() -> commit(RunCodec.key(run), value.get()));
      } catch (RejectedExecutionException e) {
        log.debug("The journal is closed; {} of run {} is left out", run.state(), run.id());
      }
    }

    private void commit(String key, @Nullable TrainingRun value) {
      for (int attempt = 1; !isOver; attempt++) {
        try {
          producer.beginTransaction();
          Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, key, value));
          producer.commitTransaction();
          log.debug("Wrote run {} at offset {}", key, sent.resultNow().offset());
          return;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
          log.warn("Another retrainer leads: {}", e.getMessage());
          lose();
        } catch (RuntimeException e) {
          log.error("Topic {} did not take what became of run {}", topic, key, e);
          abort();
          if (attempt == MOST_ATTEMPTS) {
            lose();
          }
        }
      }
    }

    private void abort() {
      try {
        producer.abortTransaction();
      } catch (RuntimeException e) {
        // The producer is beyond use: whoever leads next reads what was written until now.
        log.debug("The transaction could not be aborted", e);
        lose();
      }
    }

    /** On a thread of its own: who gives up the lead waits for this journal to close. */
    private void lose() {
      if (!isOver) {
        isOver = true;
        Thread.ofVirtual().name("lost-lead").start(() -> lost.accept(this));
      }
    }

    @Override
    public void close() {
      writer.shutdown();
      try {
        if (!writer.awaitTermination(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS)) {
          log.warn("The journal of runs did not get rid of all that it had");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      producer.close(LONGEST_CLOSE);
    }
  }
}
