package dev.presage.scoring.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ReceivedTimeTest {
  private final ReceivedTime times = new ReceivedTime();

  @Test
  void shouldTakeTheTimeOfTheRecord() {
    assertThat(times.extract(record(7), 5)).isEqualTo(7);
  }

  @Test
  void shouldNotEndAtARecordWithoutTime() {
    assertThat(times.extract(record(-1), 5)).isEqualTo(5);
    assertThat(times.extract(record(-1), -1)).isZero();
  }

  private static ConsumerRecord<Object, Object> record(long timestamp) {
    return new ConsumerRecord<>(
        "events",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        "key",
        "value",
        new RecordHeaders(),
        Optional.empty());
  }
}
