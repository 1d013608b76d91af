package dev.presage.scoring.ingest;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The Kafka timestamp of a record, which nothing but Kafka's own bookkeeping uses: events carry
 * their times inside. A client may send a negative one, at which Kafka Streams' default would end.
 */
public final class ReceivedTime implements TimestampExtractor {

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(partitionTime, 0);
  }
}
