package dev.presage.local.play;

import dev.presage.schemas.avro.Event;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Sends the lines of files as events, in the order of the file, keyed by the ID that they name. */
public final class EventPlayer {

  private static final int BAD_LINES_SHOWN = 10;

  private final Producer<String, Event> producer;
  private final String topic;

  /** Sends with a producer that stays the caller's. */
  public EventPlayer(Producer<String, Event> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * Plays a file, and returns when all was written.
   *
   * @param bytesRead told, from this thread, how many bytes of the file were read each time
   * @throws BadInputException when the file cannot be read, lacks a column of the mapping, or has a
   *     bad line where these are not skipped
   * @throws KafkaException when an event cannot be written
   */
  public PlayReport play(
      SourceFile file, EventMapping mapping, PlayOptions options, LongConsumer bytesRead) {
    Turn turn = new Turn(mapping, options);
    try (LineSource lines = file.open(bytesRead)) {
      lines.requireColumns(mapping.columns());
      while (turn.next(lines)) {
        turn.failWhereWritingFailed();
      }
    } catch (IOException e) {
      throw new BadInputException("%s cannot be read: %s".formatted(file.path(), e.getMessage()));
    } catch (BadLineException e) {
      producer.flush();
      throw new BadInputException(
          "%s:%d: %s. %d events were sent before it"
              .formatted(file.path(), e.line(), e.getMessage(), turn.sent));
    }
    producer.flush();
    turn.failWhereWritingFailed();
    return turn.report();
  }

  /** One file being played. */
  private final class Turn {
    private final EventMapping mapping;
    private final PlayOptions options;
    private final Pace pace;
    private final List<String> firstBad = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long sent;
    private long outside;
    private long bad;

    Turn(EventMapping mapping, PlayOptions options) {
      this.mapping = mapping;
      this.options = options;
      this.pace = new Pace(options.eventsPerSecond());
    }

    /** Handles the next line; says whether there was one. */
    boolean next(LineSource lines) throws IOException, BadLineException {
      try {
        SourceLine line = lines.next();
        if (line == null) {
          return false;
        }
        handle(mapping.event(line));
      } catch (BadLineException e) {
        if (options.onBadLine() == PlayOptions.OnBadLine.STOP) {
          throw e;
        }
        bad++;
        if (firstBad.size() < BAD_LINES_SHOWN) {
          firstBad.add("line %d: %s".formatted(e.line(), e.getMessage()));
        }
      }
      return true;
    }

    private void handle(Event event) {
      Instant time = Objects.requireNonNull(event.getOccurredAt());
      if (time.isBefore(options.from()) || !time.isBefore(options.until())) {
        outside++;
        return;
      }
      pace.await();
      String user = event.getUserId();
      Future<?> unused =
          producer.send(
              new ProducerRecord<>(topic, user == null ? event.getAnonymousId() : user, event),
              (metadata, e) -> {
                if (e != null) {
                  failure.compareAndSet(null, e);
                }
              });
      sent++;
    }

    void failWhereWritingFailed() {
      Exception e = failure.get();
      if (e != null) {
        throw new KafkaException(
            "Writing to topic " + topic + " failed after " + sent + " events: " + e.getMessage(),
            e);
      }
    }

    PlayReport report() {
      return new PlayReport(sent, outside, bad, firstBad);
    }
  }
}
