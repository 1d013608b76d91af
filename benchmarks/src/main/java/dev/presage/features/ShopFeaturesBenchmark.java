package dev.presage.features;

import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Event;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event costs with the 50 features of {@link ShopProfile#declarations}: on a decoded
 * profile, and with decoding and encoding. Profiles of the same kind take turns, so that no branch
 * is learnt by heart.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-XX:+UseG1GC", "-Xms1g", "-Xmx1g", "--sun-misc-unsafe-memory-access=allow"})
public class ShopFeaturesBenchmark {
  /** Events that a decoded profile takes before it is restored, so that it stays what it is. */
  private static final int EVENTS_PER_DECODING = 20;

  private static final int PROFILES = 32;

  /** So many that ten seconds do not see the end of them. */
  private static final int LONG_LIVED_PROFILES = 600;

  /** At 200 events in 90 days they reach further back than any series is kept. */
  private static final int EVENTS_UNTIL_STEADY = 4_000;

  private static final int EVENTS_OF_A_LIFE = 60_000;

  /** Stored profiles, and the events that come next. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls set-up methods first.
  public static class Stored {
    /** Events and the days over which they are spread. */
    @Param({"10x30", "200x90", "10000x30"})
    public String events;

    /** What the events carry. */
    @Param({"ALL", "REVENUE"})
    public ShopProfile.Detail detail;

    /** One for all: JMH makes several of these, and a state belongs to the engine that made it. */
    private static final FeatureEngine ENGINE = new FeatureEngine(ShopProfile.declarations());

    final FeatureEngine engine = ENGINE;
    final ProfileCodec codec = new ProfileCodec(engine);
    final double[] vector = new double[engine.schema().size()];
    final byte[][] profiles = new byte[PROFILES][];
    final Event[][] next = new Event[PROFILES][];
    private int turn;

    /** Makes the profiles. */
    @Setup(Level.Trial)
    public void store() {
      for (int i = 0; i < PROFILES; i++) {
        ShopProfile profile = profile(i);
        profiles[i] = codec.encode(profile.state(engine));
        next[i] = profile.future().limit(1 + EVENTS_PER_DECODING).toArray(Event[]::new);
      }
    }

    ShopProfile profile(long seed) {
      String[] parts = events.split("x", -1);
      return new ShopProfile(
          Integer.parseInt(parts[0]), 5, Integer.parseInt(parts[1]), detail, seed);
    }

    int nextTurn() {
      turn = (turn + 1) % PROFILES;
      return turn;
    }

    double[] applyAndVector(ProfileState state, Event event) {
      engine.apply(state, event);
      engine.vector(state, state.newestEventMillis(), vector);
      return vector;
    }
  }

  /** A decoded profile, restored after 20 events, outside of the time that is measured. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls set-up methods first.
  public static class Decoded {
    ProfileState state;
    Event[] next;

    /** Restores it; with its first event it is in use, as profiles in a cache are. */
    @Setup(Level.Invocation)
    public void restore(Stored stored) {
      int turn = stored.nextTurn();
      state = stored.codec.decode(stored.profiles[turn]);
      next = stored.next[turn];
      stored.applyAndVector(state, next[0]);
    }
  }

  /**
   * Decoded profiles to which events go on to come at the same rate, one profile after the other,
   * each for 60,000 events or until the year 2100: nothing has to be restored, which would create
   * garbage of its own.
   */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls set-up methods first.
  public static class LongLived {
    private final ProfileState[] states = new ProfileState[LONG_LIVED_PROFILES];
    private Event[] future;
    private int turn;
    private int at;

    /** Makes the profiles. */
    @Setup(Level.Trial)
    public void begin(Stored stored) {
      ShopProfile profile = stored.profile(0);
      future = profile.future().limit(EVENTS_OF_A_LIFE).toArray(Event[]::new);
      for (int i = 0; i < states.length; i++) {
        states[i] = profile.state(stored.engine);
        for (at = 0; at < EVENTS_UNTIL_STEADY; at++) {
          stored.applyAndVector(states[i], future[at]);
        }
      }
    }

    double[] applyAndVector(Stored stored) {
      if (at == future.length) {
        turn++;
        at = EVENTS_UNTIL_STEADY;
        if (turn == states.length) {
          throw new IllegalStateException("more events than " + turn + " profiles can take");
        }
      }
      return stored.applyAndVector(states[turn], future[at++]);
    }
  }

  /** Applies an event to a decoded profile and builds the vector. */
  @Benchmark
  @OperationsPerInvocation(EVENTS_PER_DECODING)
  public double[] applyAndVector(Stored stored, Decoded decoded) {
    for (int i = 1; i <= EVENTS_PER_DECODING; i++) {
      stored.applyAndVector(decoded.state, decoded.next[i]);
    }
    return stored.vector;
  }

  /** The same on a profile that lives on. */
  @Benchmark
  @Warmup(iterations = 2, time = 1)
  @Measurement(iterations = 3, time = 1)
  public double[] liveOn(Stored stored, LongLived profiles) {
    return profiles.applyAndVector(stored);
  }

  /** Decodes a profile, applies an event, builds the vector and encodes. */
  @Benchmark
  public byte[] roundTrip(Stored stored) {
    int turn = stored.nextTurn();
    ProfileState state = stored.codec.decode(stored.profiles[turn]);
    stored.applyAndVector(state, stored.next[turn][0]);
    return stored.codec.encode(state);
  }
}
