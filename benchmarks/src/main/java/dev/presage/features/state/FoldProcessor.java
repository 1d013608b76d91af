package dev.presage.features.state;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What every candidate does for an event: load the profile, apply, build the vector, save, and send
 * the sum of the vector, so that the candidates can be seen to agree.
 */
final class FoldProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final FeatureEngine engine;
  private final Function<ProcessorContext<?, ?>, ProfileAccess<ProfileState>> opening;
  private final LongAdder processed;
  private final LongAdder checksum;
  private final double[] vector;
  private ProcessorContext<byte[], byte[]> context;
  private ProfileAccess<ProfileState> profiles;

  @SuppressWarnings("NullAway.Init") // init() comes before process(), by Kafka Streams' contract.
  FoldProcessor(
      FeatureEngine engine,
      Function<ProcessorContext<?, ?>, ProfileAccess<ProfileState>> opening,
      LongAdder processed,
      LongAdder checksum) {
    this.engine = engine;
    this.opening = opening;
    this.processed = processed;
    this.checksum = checksum;
    this.vector = new double[engine.schema().size()];
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.profiles = opening.apply(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    byte[] key = record.key();
    ProfileState profile = profiles.load(key);
    engine.apply(profile, ShopEvents.read(record.value(), 0));
    engine.vector(profile, profile.newestEventMillis(), vector);
    profiles.save(key, profile);
    double sum = 0;
    for (double value : vector) {
      sum += Double.isNaN(value) ? 0 : value;
    }
    checksum.add(Double.doubleToLongBits(sum));
    processed.increment();
    byte[] out = ByteBuffer.allocate(Double.BYTES).putDouble(sum).array();
    context.forward(record.withValue(out));
  }
}
