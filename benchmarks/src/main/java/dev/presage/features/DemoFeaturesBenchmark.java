package dev.presage.features;

import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event costs with the demo's declared features: on a decoded profile, and with decoding
 * and encoding as the store needs it. A profile keeps growing while it is measured, an order an
 * hour.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls set-up methods first.
public class DemoFeaturesBenchmark {
  private static final Path FEATURES =
      Path.of(System.getProperty("presage.home", "."), "local-stack", "demo", "features.yaml");
  private static final long START = Instant.parse("2011-01-01T00:00:00Z").toEpochMilli();
  private static final long STEP = Duration.ofHours(1).toMillis();
  private static final int EVENTS_KEPT = 50_000;

  /** Orders that the profile has seen before. */
  @Param({"10", "200", "10000"})
  public int history;

  private FeatureEngine engine;
  private ProfileCodec codec;
  private ProfileState state;
  private byte[] stored;
  private double[] vector;
  private Event[] events;
  private int next;

  @Setup(Level.Trial)
  public void declare() throws IOException {
    engine = new FeatureEngine(FeatureDeclarations.read(FEATURES));
    codec = new ProfileCodec(engine);
    vector = new double[engine.schema().size()];
    events = new Event[history + EVENTS_KEPT];
    for (int i = 0; i < events.length; i++) {
      events[i] =
          new Event(
              "e-" + i,
              "order_completed",
              Instant.ofEpochMilli(START + i * STEP),
              "u-1",
              null,
              Map.of("revenue", 10.0 + i % 90, "quantity", (long) (i % 12), "country", "France"));
    }
    begin();
  }

  /** Applies an event to a decoded profile and builds the vector. */
  @Benchmark
  public double[] applyAndVector() {
    Event event = nextEvent();
    engine.apply(state, event);
    engine.vector(state, state.newestEventMillis(), vector);
    return vector;
  }

  /** Decodes a profile, applies an event, builds the vector and encodes. */
  @Benchmark
  public byte[] roundTrip() {
    ProfileState decoded = codec.decode(stored);
    engine.apply(decoded, events[history]);
    engine.vector(decoded, decoded.newestEventMillis(), vector);
    return codec.encode(decoded);
  }

  private Event nextEvent() {
    if (next == events.length) {
      begin();
    }
    return events[next++];
  }

  private void begin() {
    state = engine.newState();
    for (int i = 0; i < history; i++) {
      engine.apply(state, events[i]);
    }
    stored = codec.encode(state);
    next = history;
  }
}
